import { isOver } from './follow';

interface Told {
  kind: string;
  status: string;
  message: string | null;
}

/**
 * Jobs one after another that did the same to the same end, as one line: each corrected cell of an import writes its
 * report again, and twenty such lines bury the job one looks for. What still runs stands for itself.
 */
export function foldJobs<J extends Told>(jobs: readonly J[]): { job: J; times: number }[] {
  const lines: { job: J; times: number }[] = [];
  for (const job of jobs) {
    const last = lines.at(-1);
    const same =
      last &&
      isOver(job.status) &&
      last.job.kind === job.kind &&
      last.job.status === job.status &&
      last.job.message === job.message;
    if (same) last.times += 1;
    else lines.push({ job, times: 1 });
  }
  return lines;
}
