/** Numbers as text: always as many digits, so that what changes 25 times a second does not jump. */

const PREFIXES = [[1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e3, 'k'], [1, ''], [1e-3, 'm'], [1e-6, 'µ'], [1e-9, 'n'],
  [1e-12, 'p']];
const grouped = new Intl.NumberFormat('en', {maximumFractionDigits: 0});

export const NONE = '–';

/** Three digits, and the prefix of the unit; `smallest` is the smallest prefix that the unit takes. */
export function scaled(value, smallest = 1) {
  if (!Number.isFinite(value)) return [NONE, ''];
  if (value === 0) return ['0', smallest === 1 ? '' : PREFIXES.find(([f]) => f === 1e-6)[1]];
  const size = Math.abs(value) * 1.0005;
  const [factor, prefix] = PREFIXES.find(([f]) => f <= smallest || size >= f);
  const shown = value / factor;
  if (factor === 1 && smallest === 1 && Number.isInteger(value)) return [grouped.format(value), ''];
  return [threeDigits(shown), prefix];
}

function threeDigits(value) {
  const size = Math.abs(value) * 1.0005;
  return value.toFixed(size < 10 ? 2 : size < 100 ? 1 : 0);
}

/** From the lower to the higher value, with the prefix of the higher one; one value where they are the same. */
export function scaledRange(low, high, smallest = 1) {
  const [text, prefix] = scaled(high, smallest);
  if (!(low < high)) return [text, prefix];
  return [`${threeDigits(low / PREFIXES.find(([, name]) => name === prefix)[0])}–${text}`, prefix];
}

export const whole = value => Number.isFinite(value) ? grouped.format(value) : NONE;

/** Microseconds: one decimal below 100, where it matters; what would be too wide, with its unit. */
export function micros(value) {
  if (value >= 1e8) return `${(value / 1e6).toFixed(0)} s`;
  if (value >= 1e6) return `${(value / 1e6).toPrecision(3)} s`;
  if (value >= 1e5) return `${(value / 1e3).toFixed(0)} ms`;
  return Number.isFinite(value) && value < 99.95 ? value.toFixed(1) : whole(value);
}

/** A time in the stream. */
export function clock(timeMicros) {
  const hundredths = Math.floor(timeMicros / 1e4);
  const minutes = Math.floor(hundredths / 6000);
  const seconds = ((hundredths % 6000) / 100).toFixed(2);
  return minutes === 0 ? `${seconds} s` : `${minutes}:${seconds.padStart(5, '0')}`;
}
