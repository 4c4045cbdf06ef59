# SPDX-License-Identifier: BSL-1.0
#
# gnuplot -c plot.gp FOLDER: draws FOLDER/epochs.csv into FOLDER/mnist_cnn.svg
folder = ARG1
epochs = folder . '/epochs.csv'

set terminal svg size 900,380 font 'DejaVu Sans,12' background 'white'
set output folder . '/mnist_cnn.svg'
set datafile separator ','
set multiplot layout 1,2

set xlabel 'epoch'
set grid linecolor rgb '#dddddd' linetype 1
set border 3 linecolor rgb '#555555'
set tics nomirror textcolor rgb '#333333'
set xrange [0.5:*]
set style data linespoints
set style line 1 linecolor rgb '#a9c7e3' linewidth 2 pointtype 7 pointsize 0.5
set style line 2 linecolor rgb '#0b4f8a' linewidth 2 pointtype 7 pointsize 0.5

set title 'convolutional network, Adam: loss'
set key top right
set yrange [0:*]
plot epochs using ($1 + 1):(column('loss')) linestyle 1 title 'training', '' using ($1 + 1):(column('val_loss')) linestyle 2 title 'test'

set title 'accuracy'
set key bottom right
set yrange [*:1]
plot epochs using ($1 + 1):(column('accuracy')) linestyle 1 title 'training', \
     '' using ($1 + 1):(column('val_accuracy')) linestyle 2 title 'test'
unset multiplot
