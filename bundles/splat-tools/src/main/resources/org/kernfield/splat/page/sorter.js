'use strict';
// Orders splats by depth, farthest first, by counting.
const BINS = 1 << 16;
let positions;
let depths;
const counts = new Uint32Array(BINS + 1);

onmessage = ({ data }) => {
  if (data.positions) {
    positions = data.positions;
    depths = new Float32Array(positions.length / 3);
    return;
  }
  const [x, y, z] = data.forward;
  const n = depths.length;
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0, k = 0; i < n; i++, k += 3) {
    const depth = x * positions[k] + y * positions[k + 1] + z * positions[k + 2];
    depths[i] = depth;
    if (depth < least) least = depth;
    if (depth > most) most = depth;
  }
  const scale = most > least ? (BINS - 1) / (most - least) : 0;
  counts.fill(0);
  for (let i = 0; i < n; i++) counts[((most - depths[i]) * scale | 0) + 1]++;
  for (let bin = 0; bin < BINS; bin++) counts[bin + 1] += counts[bin];
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[counts[(most - depths[i]) * scale | 0]++] = i;
  postMessage({ order }, [order.buffer]);
};
