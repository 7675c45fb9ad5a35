// Arranges the table of parties where it stands: what its links ask the server for is done at once, and the
// address follows. Without this script the same links work.
const ORDERS = ['number', 'party', 'approval', 'signature'];
const table = document.querySelector('#parties table');
const body = table?.tBodies[0];
const links = [...document.querySelectorAll('#parties .sort, #parties .filters a')];

/// What an address asks for.
function asked(href) {
  const query = new URL(href, location.href).searchParams;
  const sort = query.get('sort') ?? 'number';
  return { by: sort.replace(/^-/, ''), descending: sort.startsWith('-'), show: query.get('show') ?? '' };
}

/// The address that asks for `wanted`, at the moment that is shown.
function address({ by, descending, show }) {
  const url = new URL(location.href);
  const sort = `${descending ? '-' : ''}${by}`;
  // Both anew, so that they stand in the server's order.
  for (const name of ['sort', 'show']) url.searchParams.delete(name);
  if (sort !== 'number') url.searchParams.set('sort', sort);
  if (show !== '') url.searchParams.set('show', show);
  return url;
}

function arrange(wanted) {
  const place = Math.max(0, ORDERS.indexOf(wanted.by));
  const sign = wanted.descending ? -1 : 1;
  const rank = (row) => sign * Number(row.dataset.ranks.split(' ')[place]);
  const rows = [...body.rows].sort((one, other) => rank(one) - rank(other));
  for (const row of rows) row.hidden = wanted.show !== '' && !row.dataset.in.split(' ').includes(wanted.show);
  body.append(...rows);
  tell(wanted, rows);
}

/// Heads, choices and the links behind them; and for who listens, how many rows there are.
function tell(wanted, rows) {
  for (const link of links) {
    const { by, show } = link.dataset;
    if (by === undefined) {
      link.toggleAttribute('aria-current', false);
      if (show === wanted.show) link.setAttribute('aria-current', 'true');
      link.href = `${address({ ...wanted, show }).search || location.pathname}#parties`;
    } else {
      const here = by === wanted.by;
      const head = link.closest('th');
      if (here) head.setAttribute('aria-sort', wanted.descending ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
      link.href = `${address({ ...wanted, by, descending: here && !wanted.descending }).search || location.pathname}#parties`;
    }
  }
  const shown = rows.filter((row) => !row.hidden).length;
  const said = document.querySelector('#parties-said');
  said.textContent = said.dataset.words.replace('{shown}', shown).replace('{total}', rows.length);
}

/// A link to a row that is hidden shows all rows first.
function reveal() {
  const row = body.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"]`);
  if (!row?.hidden) return;
  const wanted = { ...asked(location.href), show: '' };
  arrange(wanted);
  history.replaceState(null, '', address(wanted));
  row.scrollIntoView();
}

if (body) {
  for (const link of links) {
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      const wanted = asked(link.href);
      history.replaceState(null, '', address(wanted));
      arrange(wanted);
    });
  }
  addEventListener('hashchange', reveal);
  reveal();
}
