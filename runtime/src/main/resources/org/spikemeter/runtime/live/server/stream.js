/** The stream of a live run: messages of `u32` bytes that follow, `u8` kind and content; see FrameEncoder.java. */

const DESCRIPTION = 1;
const FRAME = 2;
const SILENCE_MILLIS = 4000;
const MAX_WAIT_MILLIS = 5000;
const STATES = ['running', 'paused', 'ended', 'failed'];

/** Reads little-endian values one after the other. */
class Cursor {
  constructor(bytes) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = 0;
  }
  take(bytes) { const at = this.at; this.at += bytes; return at; }
  u8() { return this.view.getUint8(this.take(1)); }
  i16() { return this.view.getInt16(this.take(2), true); }
  u32() { return this.view.getUint32(this.take(4), true); }
  f32() { return this.view.getFloat32(this.take(4), true); }
  f64() { return this.view.getFloat64(this.take(8), true); }
  floats(count) { return Float32Array.from({length: count}, () => this.f32()); }
  text() { const size = this.i16(); return new TextDecoder().decode(this.bytes.subarray(this.take(size), this.at)); }
  /** A map; MapCoding.java says how it is written. */
  map(cells) {
    const map = new Uint8Array(cells);
    const sparse = this.u8() === 1;
    const end = this.u32() + this.at;
    if (!sparse) {
      map.set(this.bytes.subarray(this.at, end));
      this.at = end;
    }
    let cell = 0;
    while (this.at < end) {
      let byte;
      let shift = 0;
      do {
        byte = this.u8();
        cell += (byte & 0x7f) << shift;
        shift += 7;
      } while (byte & 0x80);
      map[cell++] = this.u8();
    }
    return map;
  }
}

/** The content of a frame, in the order of FrameEncoder.frame. */
export function decode(bytes, description) {
  const c = new Cursor(bytes);
  const frame = {sequence: c.u32(), state: STATES[c.u8()]};
  for (const name of ['step', 'timeMicros', 'accepted', 'processed', 'gone', 'dropped', 'events', 'spikes', 'acc', 'mac',
    'power', 'powerHigh', 'speed', 'threshold', 'sens']) {
    frame[name] = c.f64();
  }
  frame.prices = c.i16();
  frame.latency = c.floats(description.percentiles.length * (1 + description.stages.length));
  frame.label = c.i16();
  frame.rates = c.floats(description.output.groups.length);
  frame.labels = Array.from({length: c.i16()}, () => ({timeMicros: c.f64(), label: c.i16()}));
  frame.firstStep = c.f64();
  frame.steps = c.i16();
  const values = frame.steps * description.output.shown;
  frame.membranes = c.floats(values);
  frame.fired = c.map(values);
  frame.on = c.map(description.input.width * description.input.height);
  frame.off = c.map(description.input.width * description.input.height);
  frame.layers = description.layers.map(layer => c.map(layer.width * layer.height));
  frame.failure = c.text();
  return frame;
}

/** Cuts a stream into messages. */
class Messages {
  constructor() {
    this.bytes = new Uint8Array(1 << 16);
    this.size = 0;
  }
  add(chunk) {
    if (this.size + chunk.length > this.bytes.length) {
      const larger = new Uint8Array(2 * (this.size + chunk.length));
      larger.set(this.bytes.subarray(0, this.size));
      this.bytes = larger;
    }
    this.bytes.set(chunk, this.size);
    this.size += chunk.length;
  }
  /** The description, where one came, and of the frames only the last. */
  drain() {
    const view = new DataView(this.bytes.buffer);
    const found = {};
    let at = 0;
    while (this.size - at >= 4 && this.size - at - 4 >= view.getUint32(at, true)) {
      const end = at + 4 + view.getUint32(at, true);
      found[this.bytes[at + 4]] = this.bytes.subarray(at + 5, end);
      at = end;
    }
    const copies = {description: found[DESCRIPTION]?.slice(), frame: found[FRAME]?.slice()};
    this.bytes.copyWithin(0, at, this.size);
    this.size -= at;
    return copies;
  }
}

/**
 * Watches until the page is left; connects again whenever the stream breaks. A page that nobody sees does not watch.
 *
 * `on.description(json)`, `on.frame(bytes)`, `on.connecting()`, `on.lost(seconds)` and `on.refused(text, seconds)` are
 * called as things happen.
 */
export async function watch(on) {
  let tries = 0;
  for (;;) {
    await visible();
    let refusal = '';
    try {
      if (tries === 0) on.connecting();
      refusal = await watchOnce(on, () => { tries = 0; });
    } catch (e) {
      // the stream broke: said below
    }
    if (document.hidden) continue;
    tries++;
    const wait = Math.min(MAX_WAIT_MILLIS, 500 * 2 ** (tries - 1));
    if (refusal) on.refused(refusal, wait / 1000); else on.lost(wait / 1000);
    await new Promise(done => setTimeout(done, wait));
  }
}

function visible() {
  return new Promise(done => {
    const look = () => {
      if (!document.hidden) {
        document.removeEventListener('visibilitychange', look);
        done();
      }
    };
    document.addEventListener('visibilitychange', look);
    look();
  });
}

/** Watches until the stream breaks; answers with the server's words where it has no room. */
async function watchOnce(on, connected) {
  const abort = new AbortController();
  const hide = () => { if (document.hidden) abort.abort(); };
  document.addEventListener('visibilitychange', hide);
  let timer = setTimeout(() => abort.abort(), SILENCE_MILLIS);
  try {
    const response = await fetch('/stream', {cache: 'no-store', signal: abort.signal});
    if (!response.ok) return await response.text();
    const reader = response.body.getReader();
    const messages = new Messages();
    for (;;) {
      const {done, value} = await reader.read();
      if (done) return '';
      clearTimeout(timer);
      timer = setTimeout(() => abort.abort(), SILENCE_MILLIS);
      messages.add(value);
      const {description, frame} = messages.drain();
      if (description) {
        connected();
        on.description(JSON.parse(new TextDecoder().decode(description)));
      }
      if (frame) on.frame(frame);
    }
  } finally {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', hide);
  }
}
