// What the desk keeps in this browser: keys, whose private halves can't leave it, and acts on their way to the ledger.

const NAME = 'sinetti-desk';
const STORES = { keys: 'id', acts: 'print' };

let opened = null;

/// All values of a store.
export function all(store) {
  return ask(store, 'readonly', (values) => values.getAll());
}

/// The value under `key`; undefined when there is none.
export function get(store, key) {
  return ask(store, 'readonly', (values) => values.get(key));
}

/// Keeps a value in place of what stood under its key.
export function put(store, value) {
  return ask(store, 'readwrite', (values) => values.put(value));
}

/// Keeps a value unless one stands under its key already; answers what stands there then. Two tabs get the same answer.
export async function putFirst(store, key, value) {
  const database = await open();
  return new Promise((done, lost) => {
    const transaction = database.transaction(store, 'readwrite', { durability: 'strict' });
    const values = transaction.objectStore(store);
    let kept = value;
    const found = values.get(key);
    found.onsuccess = () => {
      if (found.result === undefined) values.add(value);
      else kept = found.result;
    };
    transaction.oncomplete = () => done(kept);
    transaction.onabort = () => lost(transaction.error);
  });
}

export function remove(store, key) {
  return ask(store, 'readwrite', (values) => values.delete(key));
}

async function ask(store, mode, question) {
  const database = await open();
  return new Promise((done, lost) => {
    const transaction = database.transaction(store, mode, { durability: 'strict' });
    const request = question(transaction.objectStore(store));
    // A write counts when it is on disk, not when it is asked for.
    transaction.oncomplete = () => done(request.result);
    transaction.onabort = () => lost(transaction.error);
  });
}

function open() {
  opened ??= new Promise((done, lost) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(STORES)) request.result.createObjectStore(store, { keyPath });
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => lost(request.error);
  });
  return opened;
}
