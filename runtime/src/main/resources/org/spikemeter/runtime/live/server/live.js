/** The page of a live run: takes frames from the stream, and draws the latest one when the screen is. */
import {NONE, clock, micros, scaledRange, whole} from './figures.js';
import {decode, watch} from './stream.js';
import {EventPicture, LayerPicture, drawCurve, drawNeurons, drawStrip, groupColour} from './pictures.js';
import * as controls from './controls.js';

const get = id => document.getElementById(id);
const WINDOW_STEPS = 200;
const STRIP_MICROS = 30e6;
const STATE_TEXTS = {connecting: 'Connecting', running: 'Running', paused: 'Paused', ended: 'Ended', failed: 'Failed',
  lost: 'Disconnected', refused: 'Waiting'};
const FIGURES = [
  {id: 'events', name: 'Input events', unit: 'events/s', value: f => f.events, curve: 'events'},
  {id: 'spikes', name: 'Spikes', unit: 'spikes/s', value: f => f.spikes, curve: 'spikes'},
  {id: 'power', name: 'Power, estimated', unit: 'W', value: f => f.power * 1e-6, high: f => f.powerHigh * 1e-6,
    smallest: 1e-12, curve: 'power'},
  {id: 'dropped', name: 'Dropped batches', unit: '', value: f => f.dropped, bad: f => f.dropped > 0},
  {id: 'acc', name: 'ACC operations', unit: 'ACC/s', value: f => f.acc},
  {id: 'mac', name: 'MAC operations', unit: 'MAC/s', value: f => f.mac},
  {id: 'processed', name: 'Events processed', unit: '', value: f => f.processed},
  {id: 'waiting', name: 'Events under way', unit: '', value: f => f.accepted - f.processed - f.gone},
];

let description;
let pictures;
let history;
let curvesDirty = false;
let latest;
let drawn;
let frames = 0;
let requested = false;
let lastHistory = 0;
let rateScale = 0.1;

function element(name, attributes = {}, ...children) {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...children);
  return made;
}

/** Text is only touched where it changes: screen readers and layout are left alone. */
function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function setState(name, notice = '') {
  document.body.dataset.state = name;
  setText(get('state-text'), STATE_TEXTS[name]);
  setText(get('notice'), notice);
  get('notice').hidden = notice === '';
  controls.allow(name);
}

function describe(json) {
  description = json;
  latest = undefined;
  drawn = undefined;
  history = json.history;
  for (const name of ['events', 'spikes', 'power']) history[name] = history[name].map(v => v === null ? NaN : v);
  curvesDirty = true;
  lastHistory = 0;
  document.title = `${json.network} – Spikemeter live`;
  get('subject').textContent = `${json.network} on ${json.source}`;
  const {width, height} = json.sensor;
  get('input-note').textContent = `${width} × ${height} pixels`
    + (json.input.cell > 1 ? `, drawn ${json.input.cell} × ${json.input.cell} in one` : '');
  pictures = {input: new EventPicture(get('input'), json.input), layers: makeLayers(json)};
  makeGroups(json);
  makeFigures();
  makeLatency(json);
  get('label-panel').hidden = json.output.groups.length === 0;
  get('neurons-panel').hidden = json.output.shown === 0;
  get('layers-panel').hidden = json.layers.length === 0;
  controls.describe(json);
}

function makeLayers(json) {
  const made = json.layers.map(layer => {
    const canvas = element('canvas', {className: 'pixels'});
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', `Spikes of ${layer.name}`);
    return {canvas, layer, picture: new LayerPicture(canvas, layer)};
  });
  get('layers').replaceChildren(...made.map(({canvas, layer}) => element('figure', {}, canvas,
    element('figcaption', {}, layer.name, element('span', {textContent: layer.shape.replaceAll(' x ', '×')})))));
  return made.map(({picture}) => picture);
}

function makeGroups(json) {
  rateScale = 0.1;
  get('groups').replaceChildren(...json.output.groups.flatMap((group, i) => {
    const fill = element('i', {id: `bar-${i}`});
    fill.style.background = `var(--${groupColour(i)})`;
    return [element('span', {id: `group-${i}`, textContent: group.label}),
      element('div', {className: 'bar'}, fill), element('span', {id: `rate-${i}`, textContent: NONE})];
  }), element('span', {id: 'rate-scale', className: 'scale'}));
}

function makeFigures() {
  get('figures').replaceChildren(...FIGURES.map(figure => {
    const value = element('span', {id: `${figure.id}-figure`, textContent: NONE});
    const box = element('div', {id: `${figure.id}-box`}, element('dt', {textContent: figure.name}),
      element('dd', {}, value, ' ', element('small', {id: `${figure.id}-unit`, textContent: figure.unit})));
    if (figure.curve) {
      const canvas = element('canvas', {id: `${figure.id}-curve`, className: 'chart'});
      canvas.setAttribute('aria-hidden', 'true');
      box.append(canvas);
    }
    return box;
  }));
}

function makeLatency(json) {
  get('latency-head').replaceChildren(element('th', {scope: 'col', textContent: 'Stage'}),
    ...json.percentiles.map(name => element('th', {scope: 'col', textContent: name})));
  get('latency').replaceChildren(...['whole', ...json.stages].map((stage, row) => element('tr', {},
    element('th', {scope: 'row', textContent: stage}),
    ...json.percentiles.map((_, column) => element('td', {id: `latency-${row}-${column}`, textContent: NONE})))));
}

function draw() {
  requested = false;
  if (!latest) return;
  const frame = decode(latest, description);
  latest = undefined;
  setState(frame.state, notice(frame));
  // while nothing goes on, the last picture stays
  if (!drawn || frame.state === 'running' || frame.step !== drawn.step) {
    pictures.input.draw(frame);
    pictures.layers.forEach((picture, i) => picture.draw(frame.layers[i]));
  }
  drawVote(frame);
  drawFigures(frame);
  controls.show(frame);
  drawn = frame;
  document.documentElement.dataset.frames = ++frames;
  document.documentElement.dataset.sequence = frame.sequence;
}

function notice(frame) {
  if (frame.state === 'failed') return `The run failed at ${frame.failure}`;
  if (frame.state === 'ended') return 'The input is at its end; these are the last figures.';
  return '';
}

function drawVote(frame) {
  const {groups} = description.output;
  const name = frame.label >= 0 ? groups[frame.label].label : frame.label === -1 ? 'tie' : 'none yet';
  setText(get('label'), name);
  get('label').className = frame.label >= 0 ? '' : 'none';
  get('label').style.color = frame.label >= 0 ? `var(--${groupColour(frame.label)})` : '';
  while (rateScale < 1 && frame.rates.some(rate => rate > rateScale)) rateScale = Math.min(1, 2 * rateScale);
  groups.forEach((group, i) => {
    get(`bar-${i}`).style.transform = `scaleX(${Math.min(1, frame.rates[i] / rateScale)})`;
    setText(get(`rate-${i}`), frame.rates[i].toFixed(3));
    get(`group-${i}`).className = i === frame.label ? 'wins' : '';
  });
  setText(get('rate-scale'), `spikes a neuron and step; bars up to ${rateScale.toFixed(1)}`);
  if (groups.length > 0) drawStrip(get('strip'), frame, groups, STRIP_MICROS);
  if (description.output.shown > 0) {
    drawNeurons(get('neurons'), description.output, frame, WINDOW_STEPS);
    setText(get('window-from'), `${WINDOW_STEPS} steps`);
    setText(get('window-to'), frame.steps > 0 ? `step ${whole(frame.firstStep + frame.steps - 1)}` : '');
  }
}

function drawFigures(frame) {
  setText(get('step'), whole(frame.step));
  setText(get('time'), clock(frame.timeMicros));
  for (const figure of FIGURES) {
    const value = figure.value(frame);
    const high = figure.high ? figure.high(frame) : value;
    const [text, prefix] = figure.unit ? scaledRange(value, high, figure.smallest) : [whole(value), ''];
    setText(get(`${figure.id}-figure`), text);
    setText(get(`${figure.id}-unit`), prefix + (prefix && figure.unit !== 'W' ? ' ' : '') + figure.unit);
    if (figure.bad) get(`${figure.id}-box`).classList.toggle('bad', figure.bad(frame));
  }
  frame.latency.forEach((value, i) => {
    const columns = description.percentiles.length;
    setText(get(`latency-${Math.floor(i / columns)}-${i % columns}`), micros(value));
  });
  remember(frame);
  if (curvesDirty) {
    curvesDirty = false;
    for (const figure of FIGURES.filter(f => f.curve)) {
      drawCurve(get(`${figure.id}-curve`), history[figure.curve], history.points);
    }
  }
}

/** Goes on with the history that the server began. */
function remember(frame) {
  const due = lastHistory + history.intervalSamples;
  if (lastHistory > 0 && frame.sequence < due) return;
  if (lastHistory > 0) {
    for (const name of ['events', 'spikes', 'power']) {
      history[name].push(frame[name]);
      if (history[name].length > history.points) history[name].shift();
    }
    curvesDirty = true;
  }
  // kept on the server's beat
  lastHistory = frame.sequence - (frame.sequence - 1) % history.intervalSamples;
}

function redraw() {
  if (!drawn) return;
  curvesDirty = true;
  drawVote(drawn);
  drawFigures(drawn);
}

controls.start();
controls.allow('connecting');
window.addEventListener('resize', () => requestAnimationFrame(redraw));
window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
watch({
  connecting: () => setState('connecting'),
  description: describe,
  frame: bytes => {
    latest = bytes;
    if (!requested) {
      requested = true;
      requestAnimationFrame(draw);
    }
  },
  lost: seconds => setState('lost', drawn?.state === 'ended'
    ? 'The run has ended, and its program too: these were the last figures.'
    : drawn?.state === 'failed' ? `${notice(drawn)}. Its program has ended, too: these were the last figures.`
    : `No connection to the program. Trying again in ${seconds} s.`),
  refused: (text, seconds) => setState('refused', `${text.trim()}. Trying again in ${seconds} s.`),
});
