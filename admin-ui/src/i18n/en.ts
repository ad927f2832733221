import adminTerms from './en/admin-terms';
import counter from './en/counter';
import engage from './en/engage';
import hireTerms from './en/hire-terms';
import imports from './en/imports';
import market from './en/market';
import markets from './en/markets';
import people from './en/people';
import returns from './en/returns';
import shell from './en/shell';
import terms from './en/terms';
import trust from './en/trust';

/** Every word of the admin in English. */
export default {
  ...adminTerms,
  ...counter,
  ...engage,
  ...hireTerms,
  ...imports,
  ...market,
  ...markets,
  ...people,
  ...returns,
  ...shell,
  ...terms,
  ...trust,
};
