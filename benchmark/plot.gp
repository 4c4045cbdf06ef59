# SPDX-License-Identifier: BSL-1.0
#
# gnuplot -c plot.gp RATIOS SVG PEERS: draws how long peers take for a step compared with ctgrad. PEERS are their names;
# RATIOS has a block for each: lines "place workload ratio".
set terminal svg size 900,420 dynamic enhanced font "sans,13" background rgb "white"
set output ARG2
set logscale y
set format y "%g"
set ylabel "time of a step / ctgrad's"
set grid y lc rgb "#dddddd" lw 1
set key outside top center horizontal
set xtics rotate by 30 right noenhanced
set offsets 0.5, 0.5, 0, 0
set yrange [0.5:*]
plot 1 title "ctgrad" lc rgb "#222222" lw 2, \
     for [peer = 1:words(ARG3)] ARG1 index peer - 1 using 1:3:xtic(2) with points pt 7 ps 1 lc peer title word(ARG3, peer)
