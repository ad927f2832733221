import adminTerms from './en/admin-terms';
import imports from './en/imports';
import markets from './en/markets';
import shell from './en/shell';
import terms from './en/terms';

/** Every word of the admin in English. */
export default { ...terms, ...adminTerms, ...shell, ...markets, ...imports };
