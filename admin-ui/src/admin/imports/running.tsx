import { Button } from 'antd';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { CancelDirectoryImportDocument } from '../gql/graphql';
import { begins, JobBar } from '../house/bar';
import { useJob } from '../house/follow';
import { useTell } from '../kit/feedback';
import type { Import } from './detail';

/** An import that is being read or applied: how far that is, and the way out of it. */
export function RunningBox({ item, refetch }: { item: Import; refetch: () => void }) {
  const t = useT();
  const term = useTerm();
  const tell = useTell();
  const job = useJob(item.job?.id ?? null, item.job ? { ...item.job, finishedAt: null } : null, refetch);
  const [cancel, cancelling] = useAction(CancelDirectoryImportDocument);
  const doing = term('import', item.status);
  const words = () => {
    if (!begins(job)) return t('imports.progress', { n: job?.progress ?? 0, total: job?.total ?? item.goodRows });
    if (job?.status === 'QUEUED') return term('job', job.status);
    return t(item.status === 'READING' ? 'imports.readingFile' : 'imports.comparing');
  };
  return (
    <section className="card" aria-labelledby="running">
      <h2 id="running">{doing}</h2>
      <JobBar job={job} label={doing} />
      <p role="status">{words()}</p>
      {job?.cancellable !== false ? (
        <Button
          danger
          loading={cancelling}
          onClick={() =>
            void cancel({ id: item.id, version: item.version }).then((outcome) => {
              tell(outcome);
              refetch();
            })
          }
        >
          {t('imports.cancel')}
        </Button>
      ) : null}
    </section>
  );
}
