"""Normal forms: the nominative of any span as it stands in its sentence.

'Сергея Черёмина' -> 'Сергей Черёмин', 'Департаментом связей города Москвы' -> 'Департамент связей города Москвы': only the
head and what agrees with it moves, complements stay. Each word keeps or changes its ending by one of the edits that were
learned from RuNormAS and SlavicNER (training/normal.py, models/normal); the dictionary, the syntax, the words beside it and
the document's other forms of the same name speak for or against an edit.

Contract: one string a span, never empty for a span that is not blank; capitals as in the text; ё as in the text, or where the
dictionary knows no other spelling. What it does not do: make one entity's forms equal over a document (`find.identity`).
"""

from letopis.text.normal.forms import normal_forms, normal_forms_of_parts

VERSION = "2"

__all__ = ["VERSION", "normal_forms", "normal_forms_of_parts"]
