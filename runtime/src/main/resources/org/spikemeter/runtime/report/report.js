'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const page = data.page;
const root = d3.select('#report');
const names = Object.keys(data.conventions);
const css = name => `var(--${name})`;

const units = [['J', 1e12], ['mJ', 1e9], ['µJ', 1e6], ['nJ', 1e3], ['pJ', 1]];
function energy(pj) {
  if (pj === null || pj === undefined) return 'none';
  if (Array.isArray(pj)) return `${energy(pj[0])} to ${energy(pj[1])}`;
  const [unit, factor] = units.find(([, f]) => pj >= 0.1 * f) || ['pJ', 1];
  return `${d3.format('.3~g')(pj / factor)} ${unit}`;
}
const whole = d3.format(',.0f');
const short = n => d3.format('.3~s')(n).replace('G', ' G').replace('M', ' M').replace('k', ' k');
const percent = d3.format('.1%');

function section(title, text) {
  const s = root.append('section');
  s.append('h2').text(title);
  if (text) s.append('p').attr('class', 'soft').text(text);
  return s;
}

/** A chart with margins; every chart has an accessible name. */
function chart(parent, id, label, height, margin) {
  const width = 940;
  const svg = parent.append('figure').append('svg').attr('id', id).attr('role', 'img').attr('aria-label', label)
    .attr('viewBox', [0, 0, width, height]);
  return {svg, width, height, left: margin.left, right: width - margin.right, top: margin.top,
    bottom: height - margin.bottom};
}

function xAxis(c, scale, label, format, ticks) {
  const axis = d3.axisBottom(scale).tickSizeOuter(0);
  if (ticks) axis.tickValues(ticks); else axis.ticks(8);
  if (format) axis.tickFormat(format);
  const g = c.svg.append('g').attr('transform', `translate(0,${c.bottom})`).call(axis);
  g.clone(true).lower().attr('class', 'grid').call(a => {
    a.selectAll('text').remove();
    a.selectAll('.domain').remove();
    a.selectAll('line').attr('y1', 0).attr('y2', c.top - c.bottom);
  });
  c.svg.append('text').attr('class', 'axis-label').attr('x', c.right).attr('y', c.bottom + 36)
    .attr('text-anchor', 'end').text(label);
}

function yAxis(c, scale, label, format) {
  const axis = d3.axisLeft(scale).ticks(5).tickSizeOuter(0);
  if (format) axis.tickFormat(format);
  const g = c.svg.append('g').attr('transform', `translate(${c.left},0)`).call(axis);
  g.clone(true).lower().attr('class', 'grid').call(a => {
    a.selectAll('text').remove();
    a.selectAll('.domain').remove();
    a.selectAll('line').attr('x1', 0).attr('x2', c.right - c.left);
  });
  c.svg.append('text').attr('class', 'axis-label').attr('x', c.left - 48).attr('y', c.top - 10).text(label);
}

/** A logarithmic scale; what is below its start, 0 too, stands at its start. */
function logScale(domain, range) {
  const scale = d3.scaleLog(domain, range);
  const place = value => scale(Math.max(value, domain[0]));
  return Object.assign(place, scale, {copy: () => logScale(domain, range)});
}

/** Powers of ten between two values, as tick values of a log axis. */
function decades(low, high) {
  return d3.range(Math.floor(Math.log10(low)), Math.ceil(Math.log10(high)) + 1).map(e => 10 ** e);
}

/** A dot at a value, with a thin stem: on a logarithmic axis the place counts, not a length. */
function dot(groups, from, x, y, colour) {
  groups.append('line').attr('x1', from).attr('x2', x).attr('y1', y).attr('y2', y).attr('stroke', colour)
    .attr('stroke-opacity', .45);
  groups.append('circle').attr('cx', x).attr('cy', y).attr('r', 6).attr('fill', colour);
}

/** Rows of names at the left. */
function rows(c, labels) {
  const y = d3.scaleBand(labels, [c.top, c.bottom]).padding(0.3);
  c.svg.append('g').selectAll('text').data(labels).join('text').attr('x', c.left - 10)
    .attr('y', d => y(d) + y.bandwidth() / 2).attr('dy', '.35em').attr('text-anchor', 'end').text(d => d);
  return y;
}

function keys(parent, entries) {
  const caption = parent.select('figure:last-of-type').append('figcaption');
  for (const [colour, text] of entries) {
    caption.append('span').attr('class', 'key').style('background', css(colour));
    caption.append('span').text(text);
  }
}

function table(parent, heads, lines) {
  const t = parent.append('div').attr('class', 'scroll').append('table');
  t.append('thead').append('tr').selectAll('th').data(heads).join('th')
    .attr('class', d => d.startsWith('>') ? 'n' : null).text(d => d.replace('>', ''));
  t.append('tbody').selectAll('tr').data(lines).join('tr').selectAll('td').data(d => d).join('td')
    .attr('class', (d, i) => heads[i].startsWith('>') ? 'n' : null).text(d => d);
}

function header() {
  root.append('h1').text(`Energy audit of ${data.network}`);
  const clips = data.clips.length === 1 ? data.clips[0].name : `${data.clips.length} clips`;
  root.append('p').attr('class', 'soft').text(`${clips}, ${data.steps} steps; claim: ${data.claim.text} a clip.`);
  const verdict = root.append('div').attr('id', 'verdict')
    .attr('class', data.conventions.executed.claimHolds ? 'verdict holds' : 'verdict');
  verdict.selectAll('p').data(data.verdict).join('p').text(d => d);
}

function energies() {
  const s = section('Energy by convention',
    'The same run, counted as each tool counts; arithmetic at 0.9 pJ an ACC and 4.6 pJ a MAC, except where a convention'
    + ' brings prices of its own (marked *). Logarithmic axis.');
  const list = names.map(name => ({name, ...data.conventions[name]}));
  const label = d => d.name + (d.ownPrices ? ' *' : '');
  const c = chart(s, 'energy-by-convention', 'Energy by convention, logarithmic', 60 + 34 * list.length,
    {top: 24, right: 120, bottom: 46, left: 170});
  const low = Math.min(data.claim.picojoules, d3.min(list, d => d.picojoules.minimum || undefined) || Infinity) / 2;
  const high = Math.max(data.claim.picojoules, d3.max(list, d => d.picojoules.maximum)) * 1.5;
  const x = logScale([10 ** Math.floor(Math.log10(low)), high], [c.left, c.right]);
  xAxis(c, x, 'energy a clip', energy, decades(x.domain()[0], high).filter(t => t <= high));
  const y = rows(c, list.map(label));
  const start = x.range()[0];
  const bars = c.svg.append('g').selectAll('g').data(list).join('g');
  const middle = d => y(label(d)) + y.bandwidth() / 2;
  dot(bars, start, d => x(d.picojoules.mean), middle, d => d.claimHolds ? css('good') : css('acc'));
  bars.append('line').attr('x1', d => x(d.picojoules.minimum)).attr('x2', d => x(d.picojoules.maximum))
    .attr('y1', middle).attr('y2', middle).attr('stroke', css('ink')).attr('stroke-width', 2);
  bars.append('text').attr('x', d => x(d.picojoules.maximum) + 12).attr('y', middle)
    .attr('dy', '.35em').text(d => energy(d.picojoules.mean));
  const claim = x(data.claim.picojoules);
  c.svg.append('line').attr('x1', claim).attr('x2', claim).attr('y1', c.top - 6).attr('y2', c.bottom)
    .attr('stroke', css('claim')).attr('stroke-width', 2).attr('stroke-dasharray', '5 4');
  c.svg.append('text').attr('x', claim).attr('y', c.top - 10).attr('text-anchor', 'middle')
    .style('fill', css('claim')).text(`claim ${data.claim.text}`);
  keys(s, [['good', 'the claim holds'], ['acc', 'it does not'],
    ...(data.clips.length > 1 ? [['ink', 'lowest to highest clip']] : [])]);
}

function layerCounts() {
  const s = section('ACC and MAC by layer', 'Operations that were executed, mean of the clips. Logarithmic axis.');
  const layers = data.conventions.executed.layers;
  const c = chart(s, 'operations-by-layer', 'ACC and MAC by layer, logarithmic', 60 + 40 * layers.length,
    {top: 16, right: 90, bottom: 46, left: 110});
  const high = Math.max(10, d3.max(layers, d => Math.max(d.acc, d.mac)) * 2);
  const low = 10 ** Math.floor(Math.log10(Math.max(1, d3.min(layers, d => Math.max(1, d.acc + d.mac)) / 2)));
  const x = logScale([low, high], [c.left, c.right]);
  xAxis(c, x, 'operations a clip', short, decades(low, high).filter(t => t <= high));
  const y = rows(c, layers.map(d => d.name));
  ['acc', 'mac'].forEach((kind, i) => {
    const bars = c.svg.append('g').selectAll('g').data(layers.filter(d => d[kind] > 0)).join('g');
    const middle = d => y(d.name) + (d.acc > 0 && d.mac > 0 ? i + .5 : 1) * y.bandwidth() / 2;
    dot(bars, c.left, d => x(d[kind]), middle, css(kind));
    bars.append('text').attr('x', d => x(d[kind]) + 10).attr('y', middle)
      .attr('dy', '.35em').attr('class', 'note').text(d => short(d[kind]));
  });
  keys(s, [['acc', 'ACC: a spike adds a weight'], ['mac', 'MAC: an analog value times a weight']]);
}

const palette = d3.schemeTableau10;

function firing() {
  const s = section('The assumption: one density for all layers',
    `The claim takes the density of the input's events, ${percent(data.inputDensity.mean)} here, for every layer.`
    + ' Bars: the part of each layer\'s dense work that was really done.');
  const c = chart(s, 'density-by-layer', 'Work done by layer beside the assumed density',
    60 + 32 * data.densities.length, {top: 24, right: 80, bottom: 46, left: 110});
  const most = d3.max(data.densities, d => Math.max(d.workDone.maximum, d.density.maximum));
  const x = d3.scaleLinear([0, most * 1.05 || 1],
    [c.left, c.right]);
  xAxis(c, x, 'part of the dense operations', d3.format('.0%'));
  const y = rows(c, data.densities.map(d => d.layer));
  c.svg.append('g').selectAll('rect').data(data.densities).join('rect').attr('x', c.left)
    .attr('y', d => y(d.layer)).attr('height', y.bandwidth()).attr('width', d => x(d.workDone.mean) - c.left)
    .attr('fill', css('acc'));
  c.svg.append('g').selectAll('circle').data(data.densities).join('circle').attr('cx', d => x(d.density.mean))
    .attr('cy', d => y(d.layer) + y.bandwidth() / 2).attr('r', 5).attr('fill', css('mac')).attr('stroke', css('back'));
  c.svg.append('g').selectAll('text').data(data.densities).join('text').attr('class', 'note')
    .attr('x', d => x(Math.max(d.workDone.mean, d.density.mean)) + 10)
    .attr('y', d => y(d.layer) + y.bandwidth() / 2).attr('dy', '.35em').text(d => percent(d.workDone.mean));
  const assumed = x(data.inputDensity.mean);
  c.svg.append('line').attr('x1', assumed).attr('x2', assumed).attr('y1', c.top - 6).attr('y2', c.bottom)
    .attr('stroke', css('claim')).attr('stroke-width', 2).attr('stroke-dasharray', '5 4');
  c.svg.append('text').attr('x', assumed + 4).attr('y', c.top - 10).style('fill', css('claim')).text('assumed');
  keys(s, [['acc', 'work done'], ['mac', 'events / addresses before any pool']]);

  s.append('p').attr('class', 'soft').text('Firing rate of each layer of neurons over the steps.');
  const l = chart(s, 'firing-by-step', 'Firing rate by layer and step', 300,
    {top: 30, right: 90, bottom: 46, left: 60});
  const xs = d3.scaleLinear([0, Math.max(1, data.steps - 1)], [l.left, l.right]);
  const ys = d3.scaleLinear([0, d3.max(page.firing, d => d3.max(d.rates)) * 1.05 || 1], [l.bottom, l.top]);
  xAxis(l, xs, 'step', d3.format('d'));
  yAxis(l, ys, 'firing rate (spikes a neuron and step)', d3.format('.0%'));
  const ends = page.firing.map((d, i) => ({...d, colour: palette[i % 10], y: ys(d.rates[d.rates.length - 1])}))
    .sort((a, b) => a.y - b.y);
  ends.forEach((d, i) => { d.label = Math.max(d.y, i ? ends[i - 1].label + 15 : l.top); });
  l.svg.append('g').selectAll('path').data(ends).join('path').attr('fill', 'none').attr('stroke', d => d.colour)
    .attr('stroke-width', 2).attr('d', d => d3.line((r, i) => xs(i), r => ys(r))(d.rates));
  l.svg.append('g').selectAll('text').data(ends).join('text').attr('x', l.right + 8).attr('y', d => d.label)
    .attr('dy', '.35em').style('fill', d => d.colour).text(d => d.layer);
}

function joules() {
  const parts = page.parts.filter(d => d.count > 0 && d.high > 0);
  const s = section('Where the joules go',
    'First clip, 45 nm float32: arithmetic of synapses, of neurons, and memory traffic by the size of each memory'
    + ' (SRAM up to 1 MB, DRAM beyond, whose price is an interval). Logarithmic axis.');
  const c = chart(s, 'joules', 'Energy by operation, logarithmic', 60 + 30 * parts.length,
    {top: 16, right: 170, bottom: 46, left: 150});
  const low = 10 ** Math.floor(Math.log10((d3.min(parts, d => d.low || undefined) || 1) / 2));
  const high = Math.max(10 * low, (d3.max(parts, d => d.high) || 1) * 1.5);
  const x = logScale([low, high], [c.left, c.right]);
  xAxis(c, x, 'energy a clip', energy, decades(low, high).filter(t => t <= high));
  const y = rows(c, parts.map(d => d.operation));
  const colour = {synapses: css('acc'), neurons: css('neurons'), memory: css('memory')};
  const bars = c.svg.append('g').selectAll('g').data(parts).join('g');
  const middle = d => y(d.operation) + y.bandwidth() / 2;
  dot(bars, c.left, d => x(d.low), middle, d => colour[d.group]);
  bars.append('line').attr('x1', d => x(d.low)).attr('x2', d => x(d.high)).attr('y1', middle).attr('y2', middle)
    .attr('stroke', d => colour[d.group]).attr('stroke-width', 12).attr('stroke-linecap', 'round');
  bars.append('text').attr('x', d => x(d.high) + 12).attr('y', middle)
    .attr('dy', '.35em').attr('class', 'note').text(d => energy(d.low === d.high ? d.low : [d.low, d.high]));
  keys(s, [['acc', 'synapses'], ['neurons', 'neurons'], ['memory', 'memory']]);
}

function input() {
  const s = section('The input', 'Events into the network in each step (mean of the clips), and steps of the first clip:'
    + ' ON blue, OFF orange, the first frame as grey values where it is analog.');
  const c = chart(s, 'input-events', 'Input events by step', 220, {top: 30, right: 20, bottom: 46, left: 60});
  const x = d3.scaleLinear([0, Math.max(1, data.steps - 1)], [c.left, c.right]);
  const y = d3.scaleLinear([0, d3.max(page.inputEvents) * 1.05 || 1], [c.bottom, c.top]);
  xAxis(c, x, 'step', d3.format('d'));
  yAxis(c, y, 'events', short);
  c.svg.append('path').attr('fill', css('acc')).attr('fill-opacity', .25).attr('stroke', css('acc'))
    .attr('stroke-width', 1.5)
    .attr('d', d3.area((d, i) => x(i), c.bottom, d => y(d))(page.inputEvents));
  const frames = s.append('div').attr('class', 'frames').attr('id', 'frames').selectAll('div').data(page.frames)
    .join('div');
  frames.append('img').attr('src', d => d.png).attr('alt', d => `input of step ${d.step}`);
  frames.append('span').text(d => `step ${d.step}: ${whole(d.events)}`);
}

function voting() {
  const o = page.output;
  if (!o.potentials) return;
  const s = section('The voting neurons',
    `Layer ${o.layer}, first clip: potential after each step as colour, spikes as dots, firing rate at the right.`);
  const neurons = o.potentials[0].length;
  const row = Math.max(4, Math.min(18, 1600 / neurons));
  const c = chart(s, 'voting', 'Spikes, potentials and rates of the output neurons', 70 + row * neurons,
    {top: 24, right: 210, bottom: 46, left: 110});
  const x = d3.scaleLinear([-.5, data.steps - .5], [c.left, c.right]);
  const y = d3.scaleLinear([-.5, neurons - .5], [c.top, c.bottom]);
  const bound = Math.max(Math.abs(o.threshold), d3.max(o.potentials, p => d3.max(p, v => Math.abs(v))) || 1);
  const colour = d3.scaleDiverging([-bound, 0, bound], d3.interpolateRdBu).clamp(true);
  const inner = d3.scaleDiverging([-bound, 0, bound], t => d3.interpolateRdBu(1 - t));
  const cells = o.potentials.flatMap((p, step) => p.map((v, neuron) => ({step, neuron, v})));
  const w = x(1) - x(0);
  const h = y(1) - y(0);
  c.svg.append('g').selectAll('rect').data(cells).join('rect').attr('x', d => x(d.step - .5))
    .attr('y', d => y(d.neuron - .5)).attr('width', w + .3).attr('height', h + .3).attr('fill', d => inner(d.v));
  const spikes = o.spikes.flatMap((list, step) => list.map(neuron => ({step, neuron})));
  c.svg.append('g').selectAll('circle').data(spikes).join('circle').attr('cx', d => x(d.step))
    .attr('cy', d => y(d.neuron)).attr('r', Math.min(w, h) / 3.2).attr('fill', '#111');
  xAxis(c, x, 'step', d3.format('d'));
  for (const g of o.groups) {
    const middle = (g.from + g.to - 1) / 2;
    c.svg.append('text').attr('x', c.left - 10).attr('y', y(middle)).attr('dy', '.35em').attr('text-anchor', 'end')
      .text(g.label);
    c.svg.append('line').attr('x1', c.left - 100).attr('x2', c.right + 150).attr('y1', y(g.from - .5))
      .attr('y2', y(g.from - .5)).attr('stroke', css('ink')).attr('stroke-opacity', .5);
  }
  const counts = d3.rollup(spikes, v => v.length, d => d.neuron);
  const r = d3.scaleLinear([0, 1], [c.right + 20, c.right + 130]);
  c.svg.append('g').selectAll('rect').data(d3.range(neurons)).join('rect').attr('x', r(0))
    .attr('y', d => y(d - .5) + 1).attr('height', Math.max(1, h - 2))
    .attr('width', d => r((counts.get(d) || 0) / data.steps) - r(0)).attr('fill', css('acc'));
  c.svg.append('g').attr('transform', `translate(0,${c.bottom})`)
    .call(d3.axisBottom(r).tickValues([0, .5, 1]).tickFormat(d3.format('.0%')));
  c.svg.append('text').attr('class', 'axis-label').attr('x', r(1)).attr('y', c.bottom + 36)
    .attr('text-anchor', 'end').text('firing rate');
  for (const g of o.groups) {
    const rate = d3.mean(d3.range(g.from, g.to), n => (counts.get(n) || 0) / data.steps);
    c.svg.append('text').attr('x', r(1) + 12).attr('y', y((g.from + g.to - 1) / 2)).attr('dy', '.35em')
      .text(percent(rate));
  }
  const caption = s.select('figure:last-of-type').append('figcaption');
  caption.append('span').text(`potential from ${d3.format('.2f')(-bound)} `);
  caption.append('span').style('display', 'inline-block').style('width', '160px').style('height', '.8em')
    .style('background', `linear-gradient(90deg, ${d3.range(0, 1.01, .1).map(t => inner(-bound + 2 * bound * t))})`);
  caption.append('span').text(` to ${d3.format('.2f')(bound)}; threshold ${d3.format('.2f')(o.threshold)};`
    + ' white is 0');
}

function learning() {
  if (!page.runningAccuracy) return;
  const s = section('Accuracy and loss as the steps go on',
    `Over ${page.labelledClips} labelled clip${page.labelledClips === 1 ? '' : 's'}: the label that the votes so far`
    + ' give, and the mean squared error between the groups\' rates so far and the one-hot label.');
  const c = chart(s, 'learning', 'Running accuracy and loss', 280, {top: 30, right: 90, bottom: 46, left: 60});
  const x = d3.scaleLinear([0, Math.max(1, data.steps - 1)], [c.left, c.right]);
  const y = d3.scaleLinear([0, Math.max(1, d3.max(page.runningLoss))], [c.bottom, c.top]);
  xAxis(c, x, 'step', d3.format('d'));
  yAxis(c, y, 'accuracy; mean squared error', d3.format('.1f'));
  for (const [values, colour, text] of [[page.runningAccuracy, 'good', 'accuracy'], [page.runningLoss, 'mac', 'loss']]) {
    c.svg.append('path').attr('fill', 'none').attr('stroke', css(colour)).attr('stroke-width', 2)
      .attr('d', d3.line((d, i) => x(i), d => y(d))(values));
    c.svg.append('text').attr('x', c.right + 8).attr('y', y(values[values.length - 1])).attr('dy', '.35em')
      .style('fill', css(colour)).text(text);
  }
}

function tables() {
  const d = section('Why the conventions differ', 'From the executed operations of the first clip to each convention\'s'
    + ' count, term by term; the terms add up to the last operation.');
  for (const name of names.slice(1)) {
    const c = data.conventions[name];
    const box = d.append('details');
    box.append('summary').text(name);
    box.append('p').text(c.definition);
    table(box, ['term', 'what it does', '>ACC', '>MAC'],
      c.differenceFromExecuted.map(t => [t.term, t.reason, whole(t.acc), whole(t.mac)]));
    box.append('p').attr('class', 'soft').text(`Source: ${c.source}. ${c.quirks.join('; ')}.`);
  }
  const left = section('What the claim leaves out');
  table(left, ['', '>a clip', '>energy', 'priced as'],
    data.leftOut.map(l => [l.what, whole(l.count.mean), energy(l.picojoules), l.price]));
  const ann = section('The artificial counterpart');
  const a = data.ann;
  table(ann, ['', '>'], [
    [`ANN, ${data.steps} frames as input channels, ReLU: MACs`, whole(a.macs)],
    ['its energy at 4.6 pJ a MAC', energy(a.picojoules)],
    [`quantised to ${a.quantisedBits} bits, at int8 prices`, energy(a.quantisedPicojoules)],
    ['break-even with the ANN, part of the dense work', percent(a.breakEven)],
    ['break-even in int8 with the quantised ANN', percent(a.breakEvenInt8)],
    ['break-even in float32 with the quantised ANN', a.breakEvenFloatOverQuantised > 0
      ? percent(a.breakEvenFloatOverQuantised) : 'never'],
    ['measured', percent(data.workDone.mean)]]);
  const prices = section('Price models and their sources', 'What was executed, under every price model. Prices of'
    + ' different boundaries do not compare; an interval is where sources disagree.');
  table(prices, ['model', '>energy', 'node', 'bits', 'boundary', 'what'], data.priceModels.map(m => [m.name,
    m.picojoules === null ? `none: no price of ${m.unpriced.join(', ')}; the rest ${energy(m.pricedPicojoules)}`
    : energy(m.picojoules), `${m.nodeNanometres} nm`, m.bits, m.boundary.toLowerCase().replace(/_/g, ' '), m.description]));
  const matrix = prices.append('details');
  matrix.append('summary').text('ACC and MAC of every convention under every price model');
  table(matrix, ['model', ...names.map(name => `>${name}`)], data.priceModels.map(m =>
    [m.name, ...names.map(name => energy(data.conventions[name].picojoulesByPriceModel[m.name]))]));
  const box = prices.append('details');
  box.append('summary').text('All prices');
  table(box, ['model', 'operation', '>pJ', 'boundary', 'source'], data.priceModels.flatMap(m => m.prices.map(p =>
    [m.name, p.operation, p.picojoules, p.boundary.toLowerCase().replace(/_/g, ' '), p.source])));
  const again = section('How to repeat this');
  again.append('p').append('code').text(page.command);
  again.append('p').attr('class', 'soft').text('Beside this page: audit.json, conventions.csv (a clip, convention and'
    + ' layer), steps.csv (every count, a layer and step).');
}

header();
energies();
layerCounts();
firing();
joules();
input();
voting();
learning();
tables();
addEventListener('beforeprint', () => document.querySelectorAll('details').forEach(d => { d.open = true; }));
