import { Progress } from 'antd';
import { isOver } from './follow';

interface Standing {
  status: string;
  progress: number;
  total: number | null;
}

/** While not a step of it is done nobody knows how long a job takes: 0 % would look as if it stood still. */
export const begins = (job: Pick<Standing, 'progress'> | null) => !job?.progress;

/** How far a job is. One that waits for its turn has no bar, one that began has one without a figure. */
export function JobBar({ job, label }: { job: Standing | null; label: string }) {
  if (job && isOver(job.status)) return null;
  if (begins(job))
    return job?.status === 'QUEUED' ? null : <div className="bar-begins" role="progressbar" aria-label={label} />;
  const percent = job?.total ? Math.round((job.progress / job.total) * 100) : 0;
  return <Progress percent={percent} aria-label={label} />;
}
