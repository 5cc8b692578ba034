/**
 * Draws the panel in Chromium: `node preview/render.mjs chromium records.json picture.png`. Prints as JSON what stands on
 * the page, what is cut off, and what an accessibility checker has against it.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { compiledPanel } from './compile.mjs';

const [executablePath, recordsFile, picture] = process.argv.slice(2);
const { resolve } = createRequire(import.meta.url);
const read = (id) => readFile(resolve(id), 'utf8');
const designSystem = '@salesforce-ux/design-system/assets';

const answers = { 'OrderStatusController.getOrderStatus': JSON.parse(await readFile(recordsFile, 'utf8')) };
const [script, design, sprite, checker, font] = await Promise.all([
  compiledPanel(),
  read(`${designSystem}/styles/salesforce-lightning-design-system.min.css`),
  read(`${designSystem}/icons/utility-sprite/svg/symbols.svg`),
  read('axe-core/axe.min.js'),
  readFile(resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'), 'base64'),
]);
const style = `
  @font-face { font-family: Inter; font-weight: 100 900; src: url(data:font/woff2;base64,${font}); }
  html, body { background: #eef4ff; font-family: Inter, sans-serif; }
  main { padding: 16px; }
`;
const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Order</title>
<style>${design}</style><style>${style}</style></head><body><div hidden>${sprite}</div><main></main></body></html>`;

// Chromium's own sandbox needs rights that containers and root do not give; the page is ours and offline.
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--force-color-profile=srgb'] });
try {
  const page = await browser.newPage({ viewport: { width: 1120, height: 400 }, deviceScaleFactor: 2 });
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (line) => line.type() === 'error' && errors.push(line.text()));
  // Time stands still, so that the age in the picture is the same whenever it is drawn.
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1000);
  await page.setContent(html);
  await page.evaluate((given) => (globalThis.answers = given), answers);
  await page.addScriptTag({ content: script });
  await page.locator('.title').waitFor({ timeout: 10_000 });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: picture, fullPage: true });
  const seen = Object.fromEntries(
    await Promise.all(
      Object.entries({
        ...{ title: '.title', age: '.age', live: '.live', steps: '.step', asides: '.aside', lines: '.lines tbody tr' },
        ...{ parcels: '.parcel', requests: '.asked', history: '.moment' },
      }).map(async ([name, selector]) => [name, (await page.locator(selector).allInnerTexts()).map(onOneLine)]),
    ),
  );
  const cut = await page.locator('main *').evaluateAll((all) =>
    all
      .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline')
      .filter((one) => !one.closest('.slds-assistive-text'))
      .map((one) => `${one.className} ${one.textContent}`),
  );
  await page.clock.resume();
  await page.addScriptTag({ content: checker });
  const accessibility = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run('main');
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html: node }) => node).join(' ')}`);
  });
  const [title, age, live] = [seen.title[0], seen.age[0], seen.live[0]];
  process.stdout.write(`${JSON.stringify({ ...seen, title, age, live, cut, errors, accessibility })}\n`);
} finally {
  await browser.close();
}

function onOneLine(text) {
  return text.replace(/\s+/g, ' ').trim();
}
