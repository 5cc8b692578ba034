/** Hands one file of the adapter to Node with one misreading in it: TANDEM_MUTANT says which. The file itself stays as it is. */
import { registerHooks } from 'node:module';

const { file, start, end, becomes } = JSON.parse(process.env.TANDEM_MUTANT);

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(file)) return loaded;
    const text = loaded.source.toString();
    return { ...loaded, source: text.slice(0, start) + becomes + text.slice(end) };
  },
});
