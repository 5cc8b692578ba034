/**
 * Draws the panel in Chromium: `node preview/render.mjs chromium records.json picture.png`. Then the order is put on hold,
 * which the panel hears of, and an agent asks for a cancellation. Prints as JSON what stood on the page, what did not fit,
 * what an accessibility checker has against it, and what was asked of Apex.
 */
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { compiledPanel } from './compile.mjs';
import { accessibilityOf, cutOff, emptyPage, textsOf } from './page.mjs';

const [executablePath, recordsFile, picture, heldPicture] = process.argv.slice(2);
const records = JSON.parse(await readFile(recordsFile, 'utf8'));
const [script, html] = await Promise.all([compiledPanel(), emptyPage()]);

// Chromium's own sandbox needs rights that containers and root do not give; the page is ours and offline.
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--force-color-profile=srgb'] });
try {
  const page = await browser.newPage({ viewport: { width: 1120, height: 400 }, deviceScaleFactor: 2 });
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (line) => line.type() === 'error' && errors.push(line.text()));

  await openPanel(page);
  await page.screenshot({ path: picture, fullPage: true });
  const seen = await textsOf(page);
  const links = await page.locator('main a').evaluateAll((all) => all.map(({ href }) => href));
  const cut = await cutOff(page);
  await page.clock.resume();
  const accessibility = await accessibilityOf(page);

  await putOnHold(page);
  const asked = await askForCancellation(page);
  if (heldPicture) await page.screenshot({ path: heldPicture, fullPage: true });
  const held = {
    alerts: (await textsOf(page)).alerts,
    accessibility: await accessibilityOf(page),
    cut: await cutOff(page),
  };
  process.stdout.write(`${JSON.stringify({ ...seen, links, cut, errors, accessibility, held, asked })}\n`);
} finally {
  await browser.close();
}

/** Time stands still, so that the age in the picture is the same whenever it is drawn. */
async function openPanel(page) {
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1000);
  await page.setContent(html);
  await page.evaluate((given) => (globalThis.answers = given), { 'OrderStatusController.getOrderStatus': records });
  await page.addScriptTag({ content: script });
  await page.locator('.title').waitFor({ timeout: 10_000 });
  await page.evaluate(() => document.fonts.ready);
}

/** As the middleware would: the record changes, then an event of another order and one of this order are heard. */
async function putOnHold(page) {
  await page.evaluate(() => {
    const { orderRecord } = globalThis.answers['OrderStatusController.getOrderStatus'];
    Object.assign(orderRecord, { OMS_Holds__c: 'Fraud review', OMS_Exception__c: 'The address has no postal code.' });
    const hear = (Order_Id__c) => globalThis.preview.hear('/event/OMS_Order_Update__e', { Order_Id__c });
    hear('801000000000000');
    hear(orderRecord.Id);
  });
  await page.locator('.alert').first().waitFor({ timeout: 10_000 });
}

/** Of one line. Answers what Apex was asked for. The form stays open for one more look: Apex refuses. */
async function askForCancellation(page) {
  const press = (name) => page.getByRole('button', { name, exact: true }).click();
  await press('Cancel');
  await page.getByLabel('Line').selectOption({ index: 1 });
  await page.getByLabel('Units (empty for all)').fill('1');
  await page.getByLabel('Reason').fill('Ordered twice');
  await page.evaluate(() => (globalThis.refusal = 'Ask a supervisor.'));
  await press('Ask the OMS');
  await page.getByText('Ask a supervisor.').waitFor({ timeout: 10_000 });
  return page.evaluate(() => globalThis.asked['AgentActionController.ask']);
}
