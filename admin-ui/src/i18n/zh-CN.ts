import adminTerms from './zh-CN/admin-terms';
import agencies from './zh-CN/agencies';
import counter from './zh-CN/counter';
import engage from './zh-CN/engage';
import hireTerms from './zh-CN/hire-terms';
import hiring from './zh-CN/hiring';
import hiringTerms from './zh-CN/hiring-terms';
import imports from './zh-CN/imports';
import market from './zh-CN/market';
import markets from './zh-CN/markets';
import parties from './zh-CN/parties';
import people from './zh-CN/people';
import returns from './zh-CN/returns';
import shell from './zh-CN/shell';
import terms from './zh-CN/terms';
import trust from './zh-CN/trust';

/** Every word of the admin in Chinese; the public pages take only `public` and `terms`. */
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
} as const;
