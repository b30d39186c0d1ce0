// Texts that the page carries deflated: decide/report/packed.py undone.

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%.()*+-;,=/?@^_`{|}~";

async function unpacked(id) {
  const text = byId(id).textContent, bytes = new Uint8Array(Math.floor(text.length * 4 / 5));
  for (let n = 0; n < text.length; n += 5) {
    let word = 0;
    for (let i = n; i < n + 5; i++) word = word * 85 + (i < text.length ? LETTERS.indexOf(text[i]) : 84);
    for (let i = 0; i < 4; i++) bytes[n / 5 * 4 + i] = word / 256 ** (3 - i) % 256;
  }
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}
