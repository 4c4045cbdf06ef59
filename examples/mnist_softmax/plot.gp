# SPDX-License-Identifier: BSL-1.0
#
# gnuplot -c plot.gp FOLDER: draws FOLDER/loss.csv and FOLDER/weights.txt into FOLDER/mnist_softmax.png

folder = ARG1
losses = folder . '/loss.csv'
weights = folder . '/weights.txt'

set terminal pngcairo size 1200,1050 font 'DejaVu Sans,12' background 'white'
set output folder . '/mnist_softmax.png'
set multiplot

# The learning curve: every step, and its running mean.
mean = NaN
running(value) = (mean = (mean == mean) ? 0.9 * mean + 0.1 * value : value)

set datafile separator ','
set origin 0, 0.53
set size 1, 0.47
set lmargin at screen 0.075
set rmargin at screen 0.965
set tmargin at screen 0.945
set bmargin at screen 0.595
set title 'Softmax regression on MNIST: the loss while it learns' font ',15'
set xlabel 'step'
set ylabel 'mean cross-entropy of the batch' offset 0.5,0
set grid linecolor rgb '#dddddd' linetype 1
set border 3 linecolor rgb '#555555'
set tics nomirror textcolor rgb '#333333'
set yrange [0:*]
set xrange [0:*]
set key top right
plot losses using 1:2 skip 1 with lines linecolor rgb '#a9c7e3' linewidth 1 title 'each step', \
     losses using 1:(running($2)) skip 1 with lines linecolor rgb '#0b4f8a' linewidth 2.5 title 'running mean'

# The weights: one image for each digit, all with the same colours; white is zero.
set datafile separator whitespace
bound = 0
do for [digit = 0:9] {
    stats weights index digit matrix nooutput
    if (STATS_max > bound) { bound = STATS_max }
    if (-STATS_min > bound) { bound = -STATS_min }
}
if (bound == 0) { bound = 1 }

set label 1 'What each digit looks for: ink on red speaks for it, on blue against it' \
    at screen 0.495, 0.508 center font ',15'
set palette defined (-1 '#053061', -0.6 '#2166ac', -0.25 '#92c5de', 0 '#f7f7f7', \
                     0.25 '#f4a582', 0.6 '#b2182b', 1 '#67001f')
set cbrange [-bound:bound]
set xrange [-0.5:27.5]
set yrange [27.5:-0.5]
unset xlabel
unset ylabel
unset grid
unset key
unset tics
set border 15 linecolor rgb '#bbbbbb'

width = 0.15
height = width * 1200.0 / 1050.0
set size 1, 1
set origin 0, 0
do for [digit = 0:9] {
    column = digit % 5
    row = digit / 5
    left = 0.06 + column * 0.172
    top = 0.452 - row * 0.228
    set lmargin at screen left
    set rmargin at screen left + width
    set tmargin at screen top
    set bmargin at screen top - height
    set title sprintf('%d', digit) offset 0,-0.6 font ',14'
    if (digit == 9) {
        set colorbox user origin 0.93, 0.0526 size 0.014, 0.3994 noborder
        set cbtics scale 0 textcolor rgb '#333333' format '%.1f'
    } else {
        unset colorbox
    }
    plot weights index digit matrix with image
    unset label 1
}
unset multiplot
