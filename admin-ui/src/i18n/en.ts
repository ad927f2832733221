import adminTerms from './en/admin-terms';
import agencies from './en/agencies';
import counter from './en/counter';
import engage from './en/engage';
import hireTerms from './en/hire-terms';
import hiring from './en/hiring';
import hiringTerms from './en/hiring-terms';
import imports from './en/imports';
import market from './en/market';
import markets from './en/markets';
import parties from './en/parties';
import people from './en/people';
import returns from './en/returns';
import shell from './en/shell';
import terms from './en/terms';
import trust from './en/trust';

/** Every word of the admin in English. */
export default {
  ...adminTerms,
  ...agencies,
  ...counter,
  ...engage,
  ...hireTerms,
  ...hiring,
  ...hiringTerms,
  ...imports,
  ...market,
  ...markets,
  ...parties,
  ...people,
  ...returns,
  ...shell,
  ...terms,
  ...trust,
};
