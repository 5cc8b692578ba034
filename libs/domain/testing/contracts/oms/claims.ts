import { availability } from './availability.contract.js';
import { cancelling } from './cancelling.contract.js';
import { events } from './events.contract.js';
import { exchanging } from './exchanging.contract.js';
import { failing } from './failing.contract.js';
import { helping } from './helping.contract.js';
import { holding } from './holds.contract.js';
import { lateCancelling } from './late-cancelling.contract.js';
import { life } from './life.contract.js';
import { limits } from './limits.contract.js';
import { money } from './money.contract.js';
import { parcels } from './parcels.contract.js';
import { paying } from './paying.contract.js';
import { placing } from './placing.contract.js';
import { promising } from './promising.contract.js';
import { receiving } from './receiving.contract.js';
import { rerouting } from './rerouting.contract.js';
import { returning } from './returning.contract.js';
import { revising } from './revising.contract.js';
import { searching } from './search.contract.js';
import { templates } from './templates.contract.js';
import { returnTemplates } from './return-templates.contract.js';
import { tenders } from './tenders.contract.js';
import { stockTemplates } from './stock-templates.contract.js';
import { shorting } from './shorting.contract.js';
import { telling } from './telling.contract.js';
import { versions } from './versions.contract.js';
import type { Claim } from './claim.js';

/** Everything that an adapter of an OMS and the OMS behind it keep together. */
export const omsClaims: readonly Claim[] = [
  ...placing,
  ...paying,
  ...limits,
  ...life,
  ...parcels,
  ...revising,
  ...versions,
  ...holding,
  ...cancelling,
  ...lateCancelling,
  ...rerouting,
  ...shorting,
  ...returning,
  ...receiving,
  ...exchanging,
  ...failing,
  ...availability,
  ...promising,
  ...searching,
  ...events,
  ...telling,
  ...helping,
  ...money,
  ...templates,
  ...stockTemplates,
  ...returnTemplates,
  ...tenders,
];
