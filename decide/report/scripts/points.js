// The model's own draws, made again from the seed: decide/uncertainty/points.py in this language.

const mixed = value => {
  value ^= value >>> 16;
  value = Math.imul(value, 0x85EBCA6B);
  value ^= value >>> 13;
  value = Math.imul(value, 0xC2B2AE35);
  return (value ^ (value >>> 16)) >>> 0;
};

function hash(text, basis) {
  let value = basis;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  return mixed(value >>> 0);
}

function reversed(x) {
  x = (x >>> 16) | (x << 16);
  x = ((x & 0xFF00FF00) >>> 8) | ((x & 0x00FF00FF) << 8);
  x = ((x & 0xF0F0F0F0) >>> 4) | ((x & 0x0F0F0F0F) << 4);
  x = ((x & 0xCCCCCCCC) >>> 2) | ((x & 0x33333333) << 2);
  x = ((x & 0xAAAAAAAA) >>> 1) | ((x & 0x55555555) << 1);
  return x >>> 0;
}

function permuted(x, key) {
  x ^= Math.imul(x, 0x3D20ADEA);
  x = (x + key) | 0;
  x = Math.imul(x, (key >>> 16) | 1);
  x ^= Math.imul(x, 0x05526C56);
  x ^= Math.imul(x, 0x53A22864);
  return x >>> 0;
}

// The first `count` points, a power of two, of (0, 1).
function points(name, seed, scramble, count) {
  const text = `${seed}/${scramble}/${name}`;
  const key = hash(text, 0x811C9DC5);
  const digital = new Uint32Array(count);
  for (let j = 0; 1 << j < count; j++) {
    const random = reversed(mixed((key + Math.imul(j, 0x9E3779B9)) >>> 0));
    const one = (1 << j) >>> 0;
    const direction = ((random & (one - 1)) | one) >>> 0;
    for (let i = 0; i < 1 << j; i++) digital[(1 << j) + i] = digital[i] ^ direction;
  }
  const scrambling = hash(text, 0x2166F3B1);
  return Float64Array.from(digital, x => (reversed(permuted(x, scrambling)) + 0.5) * 2 ** -32);
}
