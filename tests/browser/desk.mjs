// What visits to the clerk's desk have in common.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const PIRKANMAA = 'pirkanmaa-puitesopimus-2023';

/// The desk of a demonstration ledger, as `serve` answers it.
export class Desk {
  constructor(demo) {
    this.demo = demo;
  }

  keyFile(party) {
    return join(this.demo.dir, 'demo', 'keys', `${party}.pem`);
  }

  /// The address of the desk for a party, of one act's form where `act` is given.
  at(lang, party, { act, agreement = PIRKANMAA, about } = {}) {
    const more = [['act', act], ['about', about]].filter(([, value]) => value !== undefined).map(([name, value]) => `&${name}=${value}`);
    return `${this.demo.base}/${lang}/clerk?agreement=${agreement}&party=${party}${more.join('')}`;
  }

  async api(path) {
    const response = await fetch(`${this.demo.base}/api/v1/${path}`);
    assert.equal(response.status, 200, path);
    return response.json();
  }

  async newest(agreement = PIRKANMAA) {
    return (await this.api(`agreements/${agreement}`)).as_of.version;
  }
}

/// Looks at what is filled in, until it can be signed.
export async function look(page) {
  await page.locator('#act-look').click();
  await page.locator('#sign-now').waitFor();
}

/// Signs with a key file, or with the key that is chosen; answers the receipt that was downloaded.
export async function sign(page, file) {
  if (file !== undefined) {
    await page.locator('#sign-key').selectOption('');
    await page.locator('#sign-file').setInputFiles(file);
  }
  const downloaded = page.waitForEvent('download');
  await page.locator('#sign-now').click();
  const receipt = JSON.parse(await readFile(await (await downloaded).path(), 'utf8'));
  await page.locator('#act-receipt').waitFor();
  return receipt;
}

/// The path of the file that `press` downloads.
export async function downloaded(page, press) {
  const file = page.waitForEvent('download');
  await press();
  return (await file).path();
}

/// What an envelope of a receipt says.
export function said(receipt) {
  return JSON.parse(Buffer.from(receipt.record.envelope.payload, 'base64').toString());
}
