import { useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { JobChangedDocument, JobNowDocument, type JobNowQuery } from '../gql/graphql';

type JobState = NonNullable<JobNowQuery['job']>;

const POLL_MS = 3000;
export const isOver = (status: string) => status === 'DONE' || status === 'FAILED' || status === 'CANCELLED';

/**
 * Follows one job while it is on the screen: by subscription, and by asking every few seconds where none comes through.
 * `onOver` is called once, when the job has ended.
 */
export function useJob(id: string | null, known: JobState | null, onOver: () => void): JobState | null {
  const client = useClient();
  const [state, setState] = useState<JobState | null>(known);
  const over = useRef(onOver);
  over.current = onOver;
  const done = known ? isOver(known.status) : false;

  useEffect(() => {
    if (!id || done) return;
    let timer: ReturnType<typeof setInterval> | null = null;
    let ended = false;
    const take = (job: JobState | null | undefined) => {
      if (!job || ended) return;
      setState(job);
      if (isOver(job.status)) {
        ended = true;
        stop();
        over.current();
      }
    };
    const ask = () =>
      void client
        .query(JobNowDocument, { id }, { requestPolicy: 'network-only' })
        .toPromise()
        .then(({ data }) => take(data?.job));
    const poll = () => {
      timer ??= setInterval(ask, POLL_MS);
    };
    const live = client.subscription(JobChangedDocument, { id }).subscribe(({ data, error }) => {
      if (data?.jobChanged) take(data.jobChanged);
      if (error) poll();
    });
    // A socket that never opens must not leave the bar standing still.
    const fallback = setTimeout(poll, POLL_MS);
    const stop = () => {
      live.unsubscribe();
      clearTimeout(fallback);
      if (timer) clearInterval(timer);
    };
    return stop;
  }, [client, id, done]);

  return state && state.id === id ? state : known;
}
