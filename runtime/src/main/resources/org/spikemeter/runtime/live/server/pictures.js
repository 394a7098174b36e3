/** Pictures of a live run, on canvases. Colours are those of the style sheet, light or dark. */

const FADE = 0.78;
const style = () => getComputedStyle(document.documentElement);

/** A colour of the style sheet by its name. */
export const colour = name => style().getPropertyValue(`--${name}`).trim();
export const groupColour = group => `g${group % 8}`;

function rgb(hex) {
  return [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
}

/** A canvas as large as its place, whose pixels are those of the screen. */
function chart(canvas) {
  const ratio = window.devicePixelRatio || 1;
  const width = Math.round(canvas.clientWidth * ratio);
  const height = Math.round(canvas.clientHeight * ratio);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const g = canvas.getContext('2d');
  g.setTransform(ratio, 0, 0, ratio, 0, 0);
  g.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
  return g;
}

/** A canvas with one pixel a cell. */
class Pixels {
  constructor(canvas, size) {
    canvas.width = size.width;
    canvas.height = size.height;
    this.context = canvas.getContext('2d');
    this.image = this.context.createImageData(size.width, size.height);
    this.cells = size.width * size.height;
  }
  show() { this.context.putImageData(this.image, 0, 0); }
}

/** Input events, which fade. */
export class EventPicture extends Pixels {
  constructor(canvas, size) {
    super(canvas, size);
    this.on = new Float32Array(this.cells);
    this.off = new Float32Array(this.cells);
  }
  draw(frame) {
    const data = this.image.data;
    const [r, g, b] = rgb(colour('frame'));
    const [onR, onG, onB] = rgb(colour('on'));
    const [offR, offG, offB] = rgb(colour('off'));
    for (let i = 0, at = 0; i < this.cells; i++, at += 4) {
      const on = this.on[i] = frame.on[i] > 0 ? 1 : FADE * this.on[i];
      const off = this.off[i] = frame.off[i] > 0 ? 1 : FADE * this.off[i];
      // where both came, the later one shows; of the same frame, both
      const sum = on + off;
      const share = sum > 1 ? 1 / sum : 1;
      const rest = 1 - share * sum;
      data[at] = share * (on * onR + off * offR) + rest * r;
      data[at + 1] = share * (on * onG + off * offG) + rest * g;
      data[at + 2] = share * (on * onB + off * offB) + rest * b;
      data[at + 3] = 255;
    }
    this.show();
  }
}

/** Spikes of a layer, from dark through violet to white; the most active cell of the last seconds is white. */
export class LayerPicture extends Pixels {
  constructor(canvas, size) {
    super(canvas, size);
    this.level = new Float32Array(this.cells);
    this.highest = 1;
  }
  draw(map) {
    const data = this.image.data;
    const [r, g, b] = rgb(colour('frame'));
    let highest = 1;
    for (let i = 0; i < this.cells; i++) {
      this.level[i] = FADE * this.level[i] + (1 - FADE) * map[i];
      highest = Math.max(highest, this.level[i]);
    }
    this.highest = Math.max(highest, 0.97 * this.highest);
    for (let i = 0, at = 0; i < this.cells; i++, at += 4) {
      const level = Math.sqrt(this.level[i] / this.highest);
      const low = Math.min(1, 2 * level);
      const high = Math.max(0, 2 * level - 1);
      data[at] = r + low * (139 - r) + high * 116;
      data[at + 1] = g + low * (92 - g) + high * 163;
      data[at + 2] = b + low * (246 - b) + high * 9;
      data[at + 3] = 255;
    }
    this.show();
  }
}

/** A row a neuron: its membrane from rest to threshold, a stroke where it fired. Groups have a bar at the left. */
export function drawNeurons(canvas, output, frame, maxSteps) {
  const g = chart(canvas);
  const names = namesWidth(g, output, canvas.clientWidth);
  const width = canvas.clientWidth - names;
  const row = canvas.clientHeight / Math.max(1, output.shown);
  const x = step => names + (maxSteps - frame.steps + step + 0.5) * width / maxSteps;
  const span = output.threshold * frame.threshold - output.rest || 1;
  const soft = colour('soft');
  const line = colour('line');
  drawRows(g, output, names, row, canvas.clientWidth, soft, line);
  g.lineWidth = 1;
  g.strokeStyle = soft;
  g.beginPath();
  for (let n = 0; n < output.shown; n++) {
    for (let s = 0; s < frame.steps; s++) {
      const level = (frame.membranes[s * output.shown + n] - output.rest) / span;
      const y = (n + 1) * row - 2 - Math.max(-0.1, Math.min(1, level)) * (row - 5);
      if (s === 0) g.moveTo(x(s), y); else g.lineTo(x(s), y);
    }
  }
  g.stroke();
  g.fillStyle = colour('spike');
  const stroke = Math.max(1.5, Math.min(3, width / maxSteps - 0.5));
  for (let s = 0; s < frame.steps; s++) {
    for (let n = 0; n < output.shown; n++) {
      if (frame.fired[s * output.shown + n]) g.fillRect(x(s) - stroke / 2, n * row + 2, stroke, row - 4);
    }
  }
}

/** Room for the groups' bars and labels, and the numbers of the neurons. */
function namesWidth(g, output, width) {
  g.font = '12px system-ui, sans-serif';
  const longest = output.groups.reduce((most, group) => Math.max(most, g.measureText(group.label).width), 0);
  return Math.min(0.3 * width, longest > 0 ? longest + 38 : 28);
}

function drawRows(g, output, names, row, right, soft, line) {
  g.font = '12px system-ui, sans-serif';
  g.textBaseline = 'middle';
  const fits = row >= 11;
  g.fillStyle = line;
  for (let n = 1; n < output.shown; n++) {
    const first = output.groups.some(group => group.from === n);
    g.globalAlpha = first ? 1 : 0.35;
    g.fillRect(first ? 0 : names, Math.round(n * row) - 0.5, right, 1);
  }
  g.globalAlpha = 1;
  output.groups.forEach((group, i) => {
    if (group.from >= output.shown) return;
    const to = Math.min(group.to, output.shown);
    g.fillStyle = colour(groupColour(i));
    g.fillRect(0, group.from * row + 3, 4, (to - group.from) * row - 6);
    if ((to - group.from) * row >= 14) {
      g.fillStyle = colour('ink');
      g.textAlign = 'left';
      g.fillText(fit(g, group.label, names - 36), 9, (group.from + to) / 2 * row);
    }
  });
  if (fits) {
    g.fillStyle = soft;
    g.font = '10px system-ui, sans-serif';
    g.textAlign = 'right';
    for (let n = 0; n < output.shown; n++) g.fillText(n, names - 6, (n + 0.5) * row);
  }
}

function fit(g, text, width) {
  let shown = text;
  while (shown.length > 1 && g.measureText(shown).width > width) shown = shown.slice(0, -2) + '…';
  return shown;
}

/** Labels over the last part of the stream; ties are grey. */
export function drawStrip(canvas, frame, groups, spanMicros) {
  const g = chart(canvas);
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const start = frame.timeMicros - spanMicros;
  const x = time => Math.max(0, (time - start) / spanMicros * width);
  g.fillStyle = colour('hover');
  g.fillRect(0, 0, width, height);
  g.font = '600 12px system-ui, sans-serif';
  g.textBaseline = 'middle';
  frame.labels.forEach((change, i) => {
    const from = x(change.timeMicros);
    const to = i + 1 < frame.labels.length ? x(frame.labels[i + 1].timeMicros) : width;
    if (to <= 0 || change.label === -2) return;
    g.fillStyle = change.label < 0 ? colour('line') : colour(groupColour(change.label));
    g.fillRect(from, 0, Math.max(1, to - from - 1), height);
    const name = change.label < 0 ? 'tie' : groups[change.label].label;
    if (g.measureText(name).width + 10 < to - from) {
      g.fillStyle = change.label < 0 ? colour('ink') : colour('panel');
      g.fillText(name, from + 5, height / 2 + 1);
    }
  });
}

/** A curve from 0 to its highest value; the latest is at the right. */
export function drawCurve(canvas, values, points) {
  const g = chart(canvas);
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const highest = values.reduce((most, value) => Number.isFinite(value) ? Math.max(most, value) : most, 0) || 1;
  const x = i => (points - values.length + i + 1) * width / points;
  g.beginPath();
  let drawn = false;
  values.forEach((value, i) => {
    if (!Number.isFinite(value)) { drawn = false; return; }
    const y = height - 1 - value / highest * (height - 2);
    if (drawn) g.lineTo(x(i), y); else g.moveTo(x(i), y);
    drawn = true;
  });
  g.strokeStyle = colour('accent');
  g.lineWidth = 1.5;
  g.lineJoin = 'round';
  g.stroke();
}
