import { BellOutlined } from '@ant-design/icons';
import { Badge, Button, Drawer } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { CancelJobDocument, JobsDocument, type JobsQuery } from '../gql/graphql';
import { Chip, type Tone } from '../kit/chip';
import { useTell } from '../kit/feedback';
import { useFormat } from '../kit/format';
import { Loaded, Nothing } from '../kit/state';
import { JobBar } from './bar';
import { foldJobs } from './fold';
import { isOver, useJob } from './follow';

type Job = NonNullable<JobsQuery['jobs']>['edges'][number]['node'];
const TONES: Record<string, Tone> = { DONE: 'good', FAILED: 'bad', CANCELLED: 'warn', RUNNING: 'busy' };

const LINES = 20;

/** One's own jobs (后台任务), asked for when the tray is opened and followed only while it is. */
export function JobsTray() {
  const t = useT();
  const [open, setOpen] = useState(false);
  const query = useQuery({ query: JobsDocument, variables: { first: 100 } });
  const running = (query[0].data?.jobs?.edges ?? []).filter(({ node }) => !isOver(node.status)).length;
  const show = () => {
    query[1]({ requestPolicy: 'network-only' });
    setOpen(true);
  };
  return (
    <>
      <Badge count={running} size="small">
        <Button icon={<BellOutlined />} aria-label={t('jobs.open', { n: running })} onClick={show} />
      </Badge>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={t('jobs.title')}
        destroyOnHidden
        closable={{ 'aria-label': t('action.close') }}
      >
        {open ? (
          <Loaded query={query}>
            {({ jobs }) =>
              jobs && jobs.edges.length > 0 ? (
                <ul className="jobs">
                  {foldJobs(jobs.edges.map(({ node }) => node))
                    .slice(0, LINES)
                    .map(({ job, times }) => (
                      <JobLine
                        key={job.id}
                        known={job}
                        times={times}
                        onOver={() => query[1]({ requestPolicy: 'network-only' })}
                      />
                    ))}
                </ul>
              ) : (
                <Nothing text={t('jobs.none')} />
              )
            }
          </Loaded>
        ) : null}
      </Drawer>
    </>
  );
}

function JobLine({ known, times, onOver }: { known: Job; times: number; onOver: () => void }) {
  const t = useT();
  const term = useTerm();
  const tell = useTell();
  const format = useFormat();
  const [cancel, busy] = useAction(CancelJobDocument);
  const job = useJob(known.id, known, onOver) ?? known;
  return (
    <li>
      <div className="job-head">
        <b>{known.title}</b>
        <Chip tone={TONES[job.status] ?? 'plain'}>{term('job', job.status)}</Chip>
      </div>
      <JobBar job={job} label={known.title} />
      <div className="soft">
        {times > 1 ? `${t('jobs.times', { n: times })} ` : ''}
        {format.dateTime(job.finishedAt ?? known.runAt)}
      </div>
      {job.message ? <div>{job.message}</div> : null}
      {job.cancellable && !isOver(job.status) ? (
        <Button
          size="small"
          danger
          loading={busy}
          aria-label={t('jobs.cancelOne', { title: known.title })}
          onClick={() =>
            void cancel({ id: known.id }).then((outcome) => {
              tell(outcome, t('jobs.cancelled'));
              onOver();
            })
          }
        >
          {t('jobs.cancel')}
        </Button>
      ) : null}
    </li>
  );
}
