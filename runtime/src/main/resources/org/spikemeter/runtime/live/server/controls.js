/** Buttons, sliders and keys; the server does what they say, and frames tell what came of it. */

const get = id => document.getElementById(id);
const SLIDERS = ['speed', 'threshold', 'sens'];
const MESSAGE_MILLIS = 8000;
const STEPS = 200;

let state = 'connecting';
let present = {};
let ranges = {};
let timer;

function say(text) {
  clearTimeout(timer);
  get('answer').textContent = text;
  if (text) timer = setTimeout(() => { get('answer').textContent = ''; }, MESSAGE_MILLIS);
}

async function send(command, value) {
  try {
    const response = await fetch('/control', {method: 'POST', headers: {'Content-Type': 'application/json'},
      body: JSON.stringify(value === undefined ? {command} : {command, value})});
    say(response.ok ? '' : `Refused: ${(await response.text()).trim()}`);
  } catch (e) {
    say('No answer: the connection is lost.');
  }
}

/** Sends the latest value of a slider, one request at a time. */
class Sender {
  constructor(command) {
    this.command = command;
    this.next = undefined;
    this.busy = false;
  }
  async send(value) {
    this.next = value;
    if (this.busy) return;
    this.busy = true;
    while (this.next !== undefined) {
      const chosen = this.next;
      this.next = undefined;
      await send(this.command, chosen);
    }
    this.busy = false;
  }
}

const senders = Object.fromEntries(SLIDERS.map(id => [id, new Sender(id)]));

/** Factors are on a logarithmic scale. */
const isFactor = id => id !== 'sens';
const toSlider = (id, value) => isFactor(id) ? Math.log2(value) : value;
const fromSlider = (id, position) => isFactor(id) ? 2 ** position : position;

function valueText(id, value) {
  if (!Number.isFinite(value)) return '';
  return isFactor(id) ? `${value.toFixed(2)} ×` : String(+value.toPrecision(3));
}

function clamp(id, value) {
  return Math.min(ranges[id].high, Math.max(ranges[id].low, value));
}

function pauseOrResume() {
  send(state === 'paused' ? 'resume' : 'pause');
}

/** While it runs, a step is a pause. */
function step() {
  send(state === 'running' ? 'pause' : 'step');
}

function changeSpeed(factor) {
  if (ranges.speed?.refusal) say(`Refused: ${ranges.speed.refusal}`);
  else if (ranges.speed) senders.speed.send(clamp('speed', present.speed * factor));
}

/** Called once. */
export function start() {
  get('pause').addEventListener('click', pauseOrResume);
  get('single').addEventListener('click', step);
  get('prices').addEventListener('change', event => send('priceModel', event.target.value));
  for (const id of SLIDERS) {
    get(id).addEventListener('input', event => {
      const value = +clamp(id, fromSlider(id, +event.target.value)).toPrecision(6);
      showValue(id, value);
      senders[id].send(value);
    });
  }
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inControl = event.target.closest?.('button, select, input');
    if (event.key === ' ' && !inControl) pauseOrResume();
    else if (event.key === 'ArrowRight' && !event.target.closest?.('select, input')) step();
    else if (event.key === '+' || event.key === '=') changeSpeed(2);
    else if (event.key === '-') changeSpeed(0.5);
    else return;
    event.preventDefault();
  });
}

/** Shows what there is to control. */
export function describe(description) {
  ranges = description.controls;
  for (const id of SLIDERS) {
    const slider = get(id);
    const {low, high, refusal} = ranges[id];
    slider.disabled = refusal !== null;
    get(`${id}-refusal`).textContent = refusal ?? '';
    if (refusal === null) {
      slider.min = toSlider(id, low);
      slider.max = toSlider(id, high);
      slider.step = (slider.max - slider.min) / STEPS;
      slider.removeAttribute('aria-describedby');
    } else {
      slider.setAttribute('aria-describedby', `${id}-refusal`);
    }
  }
  get('prices').replaceChildren(...description.priceModels.map(name => new Option(name, name)));
}

function showValue(id, value) {
  const text = valueText(id, value);
  if (get(`${id}-value`).textContent !== text) {
    get(`${id}-value`).textContent = text;
    get(id).setAttribute('aria-valuetext', text.replace('×', 'times'));
  }
}

/** Shows the present values, but leaves what is just being changed. */
export function show(frame) {
  present = frame;
  for (const id of SLIDERS) {
    if (!senders[id].busy && !get(id).matches(':active')) {
      showValue(id, frame[id]);
      if (Number.isFinite(frame[id])) get(id).value = toSlider(id, frame[id]);
    }
  }
  if (document.activeElement !== get('prices')) get('prices').selectedIndex = frame.prices;
}

/** What may be pressed depends on the state. */
export function allow(name) {
  state = name;
  const pause = get('pause');
  const text = name === 'paused' ? 'Resume' : 'Pause';
  if (pause.textContent !== text) pause.textContent = text;
  pause.disabled = name !== 'running' && name !== 'paused';
  get('single').disabled = name !== 'paused' && name !== 'running';
}
