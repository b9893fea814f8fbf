'use strict';
// The scene as ScenePacking writes it: planes of numbers, gzipped, in base64.
async function unpack(text, meta) {
  const packed = Uint8Array.from(atob(text.trim()), c => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  const buffer = await new Response(stream).arrayBuffer();
  const n = meta.count;
  let at = 0;
  const plane = (type, length) => {
    const array = new type(buffer, at, length);
    at += array.byteLength;
    at += (4 - at % 4) % 4;
    return array;
  };
  const bounds = plane(Float32Array, 6 * Math.ceil(n / meta.chunk));
  const rotations = plane(Uint32Array, n);
  const colours = plane(Uint32Array, n);
  const places = plane(Uint16Array, 3 * n);
  const scales = plane(Uint8Array, 3 * n);
  const opacities = plane(Uint8Array, n);
  const coefficients = 3 * ((meta.degree + 1) ** 2 - 1);
  const harmonics = plane(Uint8Array, n * coefficients);

  const positions = new Float32Array(3 * n);
  const words = new Uint32Array(12 * n);
  const numbers = new Float32Array(words.buffer);
  const quaternion = new Float32Array(4);
  for (let i = 0; i < n; i++) {
    const chunk = 6 * Math.floor(i / meta.chunk);
    for (let c = 0; c < 3; c++) {
      const low = bounds[chunk + c];
      const high = bounds[chunk + 3 + c];
      const x = low + (high - low) * places[c * n + i] / 65535;
      positions[3 * i + c] = numbers[12 * i + c] = x;
      const log = meta.scales[0] + (meta.scales[1] - meta.scales[0]) * scales[c * n + i] / 255;
      numbers[12 * i + 8 + c] = Math.exp(log);
    }
    words[12 * i + 3] = colours[i];
    smallestThree(rotations[i], quaternion);
    numbers.set(quaternion, 12 * i + 4);
    numbers[12 * i + 11] = opacities[i] / 255;
  }
  return { positions, words, harmonics, coefficients };
}

// w, x, y, z: the place of the largest in the upper two bits, then the others, ten bits each.
function smallestThree(word, to) {
  const largest = word >>> 30;
  let rest = 1;
  for (let c = 3, shift = 0; c >= 0; c--) {
    if (c !== largest) {
      to[c] = ((word >>> shift & 1023) / 1023 * 2 - 1) * Math.SQRT1_2;
      rest -= to[c] * to[c];
      shift += 10;
    }
  }
  to[largest] = Math.sqrt(Math.max(0, rest));
}
