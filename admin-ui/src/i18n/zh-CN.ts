import adminTerms from './zh-CN/admin-terms';
import imports from './zh-CN/imports';
import markets from './zh-CN/markets';
import shell from './zh-CN/shell';
import terms from './zh-CN/terms';

/** Every word of the admin in Chinese; the public pages take only `public` and `terms`. */
export default { ...terms, ...adminTerms, ...shell, ...markets, ...imports } as const;
