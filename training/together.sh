#!/usr/bin/env bash
# recipe.sh on a machine with one accelerator, all runs at once, in a session of its own; then `together.sh wait SECONDS OUT` says how
# far they are, or stops early where one failed. Usage: together.sh start BUNDLE.pkl.xz ADAPT TEACH LEARN (seconds from now).
set -u
export PYTHONPATH=$PWD/pipeline OMP_NUM_THREADS=1 CUDA_MPS_PIPE_DIRECTORY=/tmp/mps CUDA_MPS_LOG_DIRECTORY=/tmp/mps PYTHON=python3
runs=training/runs
if [ "$1" = start ]; then
    now=$(date +%s)
    for n in "ADAPT $3" "TEACH $4" "LEARN $5"; do set -- "$1" "$2" $n; echo $((now + $4)) > "/tmp/$3"; done
    python3 -c "import lzma, shutil, sys; shutil.copyfileobj(lzma.open(sys.argv[1]), open('/tmp/bundle.pkl', 'wb'))" "$2" || exit 1
    mkdir -p /tmp/mps $runs
    rm -f $runs/failed
    nvidia-cuda-mps-control -d && sleep 1
    timeout 30 python3 -c "import torch; torch.zeros(1).cuda(); print('mps serves')" ||
        { echo quit | nvidia-cuda-mps-control; unset CUDA_MPS_PIPE_DIRECTORY; echo "no mps"; }
    (cd training && {
        python3 train_tagger.py smoke --bundle /tmp/bundle.pkl --layers 1 --steps 3 --size 1500 --quick &&
        python3 soft.py runs/smokesoft --bundle /tmp/bundle.pkl --parts 1 --teachers runs/smoke/best.pt runs/smoke/best.pt &&
        python3 train_tagger.py smoke2 --bundle /tmp/bundle.pkl --layers 0 --steps 3 --size 1500 --soft runs/smokesoft --quick
    } > runs/smoke.out 2>&1 || echo smoke >> runs/failed) &
    ADAPT=/tmp/ADAPT TEACH=/tmp/TEACH LEARN=/tmp/LEARN exec bash training/recipe.sh /tmp/bundle.pkl together
fi
end=$(($(date +%s) + $2)) out=$3
shift 3
while [ "$(date +%s)" -lt "$end" ]; do
    if [ -s $runs/failed ]; then
        cat $runs/failed
        tail -n 12 $runs/*.out
        break
    fi
    all=yes
    for name in "$@"; do
        [ -f "$out/$name.0" ] && continue
        all=""
        [ -f $runs/$name/best.pt ] && python3 training/pack.py $runs/$name/best.pt "$out/$name"
    done
    [ "$all" ] && [ $# -gt 0 ] && break
    sleep 1
done
date
for f in $runs/*/log.jsonl; do echo "$f"; tail -n 2 "$f"; done
ls $runs/soft 2>/dev/null | wc -l
tar czf "$out/logs.tgz" $runs/*/log.jsonl $runs/*.out
nvidia-smi --query-gpu=memory.used,memory.total,utilization.gpu --format=csv
