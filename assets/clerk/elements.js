// Elements of the desk: text is put in as text, never as markup.

/// An element; strings become text.
export function make(name, properties, ...content) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...content);
  return element;
}

export function paragraph(...content) {
  return make('p', {}, ...content);
}

export function code(text) {
  return make('code', {}, text);
}

export function button(text, pressed, properties = {}) {
  const element = make('button', { type: 'button', className: 'button', ...properties }, text);
  element.addEventListener('click', pressed);
  return element;
}

/// Values in place of `{name}`.
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/// Gives the visitor a file.
export function download(name, text, type = 'application/json') {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = make('a', { href: url, download: name });
  link.click();
  // The browser has taken it by the time that the next turn comes.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
