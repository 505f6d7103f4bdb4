// One key for the spellings of a name, exactly as letopis.site.folding: 'черемин' and 'Cheryomin' both fold to 'ceremin'.
"use strict";
(() => {
  const LETTERS = {
    а: "a", б: "b", в: "v", г: "g", ґ: "g", д: "d", е: "e", ё: "e", є: "e", ж: "zh", з: "z", и: "i", і: "i", ї: "i", й: "i", к: "k",
    л: "l", м: "m", н: "n", о: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ў: "u", ф: "f", х: "kh", ц: "ts", ч: "ch", ш: "sh",
    щ: "shch", ъ: "", ы: "i", ь: "", э: "e", ю: "iu", я: "ia",
  };
  const SPELLINGS = [
    ["shch", "q"], ["sch", "q"], ["tch", "c"], ["ch", "c"], ["sh", "q"], ["zh", "j"], ["kh", "h"], ["tz", "ts"], ["ph", "f"],
    ["ck", "k"], ["x", "ks"], ["w", "v"], ["yo", "e"], ["jo", "e"], ["ye", "e"], ["y", "i"], ["ie", "e"], ["io", "o"],
  ];

  letopis.fold = (word) => {
    let plain = word.toLowerCase().replaceAll("й", "и").replaceAll("ё", "е").normalize("NFD").replace(/\p{M}/gu, "");
    plain = [...plain].map((ch) => LETTERS[ch] ?? ch).join("");
    for (const [spelling, sound] of SPELLINGS) plain = plain.replaceAll(spelling, sound);
    return plain.replace(/(.)\1+/gu, "$1");
  };
  letopis.wordsOf = (name) => name.replace(/[’']/g, "").match(/[\p{L}\p{N}]+/gu) || [];
})();
