// Says that the ledger has new records of the agreement that is shown. It changes nothing of what stands on the page:
// a link loads it anew. Without this script the page is as it was when it was loaded.
const place = document.querySelector('[data-live]');
let source = null;
let newest = Number(place?.dataset.after ?? 0);
const shown = newest;

function say() {
  const link = document.createElement('a');
  link.href = location.href;
  link.textContent = place.dataset.reload;
  link.addEventListener('click', (event) => { event.preventDefault(); location.reload(); });
  const text = document.createElement('p');
  text.append(place.dataset.news.replace('{count}', String(newest - shown)), ' ', link);
  place.className = 'banner';
  place.replaceChildren(text);
}

function follow() {
  source = new EventSource(`${place.dataset.live}?after=${newest}`);
  source.addEventListener('record', (event) => {
    newest = Math.max(newest, Number(event.lastEventId));
    say();
  });
}

// A page that nobody looks at holds no connection: browsers have few for one server.
function look() {
  if (document.hidden) {
    source?.close();
    source = null;
  } else if (source === null) {
    follow();
  }
}

if (place !== null && 'EventSource' in window) {
  document.addEventListener('visibilitychange', look);
  look();
}
