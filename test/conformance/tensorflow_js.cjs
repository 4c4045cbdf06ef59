// SPDX-License-Identifier: BSL-1.0

// tensorflow_js.cjs FILE: writes golden cases that TensorFlow.js computes on the spot: losses and their derivatives with
// respect to the predictions, of those losses in which it agrees with Keras. Run by tools/compare_tensorflow_js.
const fs = require("fs");
const tf = require("@tensorflow/tfjs");

tf.setBackend("cpu");

let state = 1;
/** Evenly distributed in [low, high): the same numbers in every run. */
function uniform(low, high) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return low + ((high - low) * state) / 4294967296;
}
const rows = (count, make) => Array.from({ length: count }, make);
const matrix = (n, c, low, high) => rows(n, () => rows(c, () => uniform(low, high)));
const one_hot = (n, c) => rows(n, () => { const hot = Math.floor(uniform(0, c)); return rows(c, () => 0).map((_, i) => +(i === hot)); });

/** A loss of tfjs-layers by its name: values for each example, of which Keras takes the mean. */
function of_layers(name) {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    model.compile({ optimizer: "sgd", loss: name });
    const [each] = model.model.lossFunctions; // of the model inside
    return (t, p) => tf.mean(each(t, p));
}

const any = [-3, 3], positive = [0.2, 4];
// name here, arguments here, the loss there, the truth's and the prediction's range
const losses = [
    ["MeanSquaredError", {}, of_layers("meanSquaredError"), any, any],
    ["MeanAbsoluteError", {}, of_layers("meanAbsoluteError"), any, any],
    ["MeanAbsolutePercentageError", {}, of_layers("meanAbsolutePercentageError"), positive, any],
    ["MeanSquaredLogarithmicError", {}, of_layers("meanSquaredLogarithmicError"), positive, positive],
    ["LogCosh", {}, of_layers("logcosh"), any, any],
    ["CategoricalHinge", {}, of_layers("categoricalHinge"), "one_hot", any],
    ["Poisson", {}, of_layers("poisson"), positive, positive],
    ["Huber", { delta: 1 }, (t, p) => tf.losses.huberLoss(t, p), any, any],
    ["Huber", { delta: 0.4 }, (t, p) => tf.losses.huberLoss(t, p, undefined, 0.4), any, any],
    ["BinaryCrossentropy", { from_logits: true }, (t, p) => tf.losses.sigmoidCrossEntropy(t, p), [0, 1], any],
    ["BinaryCrossentropy", { from_logits: true, label_smoothing: 0.1 }, (t, p) => tf.losses.sigmoidCrossEntropy(t, p, undefined, 0.1), [0, 1], any],
    ["CategoricalCrossentropy", { from_logits: true }, (t, p) => tf.losses.softmaxCrossEntropy(t, p), "one_hot", any],
    ["CategoricalCrossentropy", { from_logits: true, label_smoothing: 0.2 }, (t, p) => tf.losses.softmaxCrossEntropy(t, p, undefined, 0.2), "one_hot", any],
];

const cases = [];
for (const [name, kwargs, loss, truths, predictions] of losses)
    for (const [n, c] of [[1, 2], [4, 3], [7, 5], [16, 10]]) {
        const y_true = truths === "one_hot" ? one_hot(n, c) : matrix(n, c, ...truths);
        const y_pred = matrix(n, c, ...predictions);
        const t = tf.tensor2d(y_true);
        const { value, grad } = tf.valueAndGrad(p => loss(t, p).asScalar())(tf.tensor2d(y_pred));
        cases.push({
            name: `tensorflow.js ${name} ${JSON.stringify(kwargs)} [${n},${c}]`,
            function: `losses.${name}`,
            kwargs,
            inputs: { y_true, y_pred },
            expected: value.arraySync(),
            grad_y_pred_fd: grad.arraySync(),
            tolerance: { rtol: 1e-4, atol: 1e-5 }, // it computes in float
        });
    }
fs.writeFileSync(process.argv[2], JSON.stringify({ meta: { source: `TensorFlow.js ${tf.version.tfjs}` }, cases }, null, 1));
console.error(`${cases.length} cases of TensorFlow.js ${tf.version.tfjs}`);
