import type { Job, Rules } from './job';
import type { Step } from './next';

/** What the hiring party can do next with somebody who applied. */
export function partyStep(_slug: string, _job: Job, _rules: Rules, _draw: () => void): Step {
  return [];
}
