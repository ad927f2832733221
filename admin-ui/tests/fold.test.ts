import { describe, expect, it } from 'vitest';
import { foldJobs } from '../src/admin/house/fold';

const job = (kind: string, status = 'DONE', message: string | null = null) => ({ kind, status, message });
const told = (jobs: ReturnType<typeof job>[]) => foldJobs(jobs).map(({ job: { kind }, times }) => `${kind} ${times}`);

describe('the lines of the tray', () => {
  it('tell what was done several times in a row once, with how often', () => {
    const jobs = [job('report'), job('report'), job('apply'), job('report'), job('report'), job('report')];
    expect(told(jobs)).toEqual(['report 2', 'apply 1', 'report 3']);
  });

  it('keep apart what runs, what failed and what has something of its own to say', () => {
    const jobs = [job('report', 'RUNNING'), job('report', 'RUNNING'), job('report', 'FAILED'), job('report')];
    expect(told([...jobs, job('report', 'DONE', '没有写成')])).toEqual(Array(5).fill('report 1'));
  });
});
