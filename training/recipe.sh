#!/usr/bin/env bash
# The tagger's models out of the bundle: E5 reads the news; four teachers learn from gold; what their mean believes of raw news
# teaches two accurate and one fast model. Usage: recipe.sh BUNDLE [together]. With `together` all runs start at once and wait for
# each other's files (one accelerator, a quarter of an hour); without, one after the other (days of a core).
# ADAPT, TEACH, LEARN are files with the time (seconds since 1970) by which those runs end, their rates having fallen.
set -eu
bundle=$(realpath "$1") together=${2:-}
python=${PYTHON:-python3}
run() {
    if [ "$together" ]; then
        { "$@" || echo "$*" >> runs/failed; } > "runs/$(basename "$3").$RANDOM.out" 2>&1 &
    else
        "$@"
    fi
}
cd "$(dirname "$0")"
mkdir -p runs
run "$python" adapt.py adapted --bundle "$bundle" --steps "${ADAPT_STEPS:-4000}" ${ADAPT:+--until "$ADAPT"}
teachers=""
for seed in 1 2 3 4; do
    run "$python" train_tagger.py "teacher$seed" --bundle "$bundle" --layers 12 --seed "$seed" --steps "${TEACH_STEPS:-2800}" \
        --size 4000 --rate 1.3e-3 --e5-rate 2.5e-4 --adapted runs/adapted/adapted.pt ${TEACH:+--until "$TEACH"}
    teachers="$teachers runs/teacher$seed/best.pt"
done
if [ "$together" ]; then
    for number in 0 1 2; do
        run "$python" soft.py "runs/soft" --of 3 --number $number --bundle "$bundle" --teachers $teachers
    done
else
    run "$python" soft.py runs/soft --bundle "$bundle" --teachers $teachers
fi
for seed in 1 2; do
    run "$python" train_tagger.py "accurate$seed" --bundle "$bundle" --layers 12 --seed "1$seed" --steps "${LEARN_STEPS:-8000}" \
        --size 2500 --rate 8e-4 --e5-rate 1.5e-4 --start "runs/teacher$seed/best.pt" --soft runs/soft ${LEARN:+--until "$LEARN"}
done
run "$python" train_tagger.py fast --bundle "$bundle" --layers 0 --hidden 192 --span 128 --pair 96 --seed 21 --steps "${FAST_STEPS:-12000}" \
    --size 2500 --rate 1.5e-3 --start "${FAST_START:-../models/tagger/fast.npz}" --soft runs/soft --parts 2 ${LEARN:+--until "$LEARN"}
wait
