// "Is my copy the text?": computes the SHA-256 of a file in the browser and compares it with the digests on the page.
// The file goes nowhere. Without this script, or without WebCrypto, the page says how to do it by a command.
const LARGEST = 256 * 1024 * 1024;
const place = document.querySelector('#copy');
const said = document.querySelector('#copy-said');
const input = document.querySelector('#copy-file');

const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

async function compare(file) {
  place.removeAttribute('data-result');
  said.textContent = '';
  if (file.size > LARGEST) return tell('other', fill(place.dataset.tooLarge, { file: file.name }));
  const digest = hex(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  const text = [...document.querySelectorAll('#texts [data-digest]')].find((it) => it.dataset.digest === digest);
  const title = text?.dataset.title;
  return tell(text ? 'same' : 'other', fill(text ? place.dataset.same : place.dataset.other, { file: file.name, title, digest }));
}

function tell(result, words) {
  place.dataset.result = result;
  said.textContent = words;
}

if (place && globalThis.crypto?.subtle) {
  place.hidden = false;
  document.querySelector('#copy-by-command').hidden = true;
  input.addEventListener('change', () => input.files[0] && compare(input.files[0]));
  place.addEventListener('dragover', (event) => event.preventDefault());
  place.addEventListener('drop', (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file) compare(file);
  });
}
