import '../work/work.css';
import type { PaperRoute } from '../routes';
import { showSlip } from './slip';
import { showVerify } from './verify';

/** The pages about papers that somebody holds, loaded when somebody goes there. */
export function showPaper({ view, slug }: PaperRoute): Promise<void> {
  return view === 'slip' ? showSlip(slug) : showVerify(slug);
}
