// Use with capacity now and the target's: over time where monitors sent it, else how much of the time is at or below what.
const colour = (name) => {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
};

function draw(box) {
  box.replaceChildren();
  const overTime = Boolean(box.dataset.series);
  const data = JSON.parse(overTime ? box.dataset.series : box.dataset.curve);
  const flat = (value) => data[0].map(() => Number(value));
  const series = [{}, { label: 'used', stroke: colour('--accent'), fill: colour('--accent-ground'), width: 1.5 }];
  if (overTime) series.push({ label: 'highest of the hour', stroke: colour('--warn'), width: 1 });
  if (box.dataset.now) { data.push(flat(box.dataset.now)); series.push({ label: 'now', stroke: colour('--text'), width: 1, points: { show: false } }); }
  if (box.dataset.target) { data.push(flat(box.dataset.target)); series.push({ label: 'target', stroke: colour('--good'), width: 1, dash: [4, 3], points: { show: false } }); }
  const axis = { stroke: colour('--quiet'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, font: '11px system-ui', size: 22 };
  return new window.uPlot({
    width: box.clientWidth,
    height: 120,
    legend: { show: false },
    cursor: { points: { size: 5 } },
    scales: { x: overTime ? { time: true } : { time: false, range: [0, 100] }, y: { range: (u, low, high) => [0, high * 1.05 || 1] } },
    axes: [overTime ? axis : { ...axis, values: (u, ticks) => ticks.map((tick) => tick + ' %') }, { ...axis, size: 46 }],
    series,
  }, data, box);
}

const boxes = [...document.querySelectorAll('.curve[data-curve]')];
let charts = boxes.map(draw);
const again = () => { charts.forEach((chart) => chart.destroy()); charts = boxes.map(draw); };
addEventListener('regrade:theme', again);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
let width = innerWidth;
addEventListener('resize', () => { if (innerWidth !== width) { width = innerWidth; again(); } });
