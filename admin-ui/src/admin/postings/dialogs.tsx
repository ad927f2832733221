import { useNavigate } from '@tanstack/react-router';
import { Checkbox, Form, Input, InputNumber } from 'antd';
import { useT } from '../app/i18n';
import { type Outcome, useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  LiftTakeDownDocument,
  type PostingWholeFragment,
  RepeatPostingDocument,
  TakeDownPostingDocument,
  WithdrawPostingDocument,
} from '../gql/graphql';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';
import { useFormat } from '../kit/format';
import { Reason } from '../kit/reason';
import { useRequired } from '../kit/rules';
import { useStanding } from '../kit/standing';

export interface DialogProps {
  posting: Pick<PostingWholeFragment, 'id' | 'version' | 'title' | 'engagementCounts'>;
  onClose: () => void;
  refetch: () => void;
}

/** Where somebody was faster, the dialog stays open with what stands now; asking again is asking for that. */
function useFaster(refetch: () => void) {
  const standing = useStanding('postingStatus');
  return (outcome: Outcome<unknown>) => {
    if (outcome.kind === 'refused') refetch();
    return standing<unknown>(outcome);
  };
}

/** Takes a posting back at its party's wish; what is confirmed goes on unless that is said. */
export function WithdrawDialog({ posting, onClose, refetch }: DialogProps) {
  const t = useT();
  const [withdraw] = useAction(WithdrawPostingDocument);
  const faster = useFaster(refetch);
  const confirmed = posting.engagementCounts.find(({ status }) => status === 'CONFIRMED')?.count ?? 0;
  return (
    <FormDialog<{ reason: string; cancelConfirmed?: boolean }>
      name="withdraw-posting"
      title={t('postings.withdrawTitle', { title: posting.title })}
      submitText={t('postings.withdraw')}
      danger
      onClose={onClose}
      onDone={refetch}
      onSubmit={async ({ reason, cancelConfirmed }) =>
        faster(
          await withdraw({
            id: posting.id,
            version: posting.version,
            reason: reason.trim(),
            cancelConfirmed: cancelConfirmed ?? false,
          }),
        )
      }
    >
      <p>{t('postings.withdrawText')}</p>
      <Reason />
      {confirmed > 0 ? (
        <Form.Item name="cancelConfirmed" valuePropName="checked" extra={t('postings.cancelConfirmedHint')}>
          <Checkbox>{t('postings.cancelConfirmed', { n: confirmed })}</Checkbox>
        </Form.Item>
      ) : null}
    </FormDialog>
  );
}

/** Takes a posting down (下架): with a reason and the article; the same text is not published again. */
export function TakeDownDialog({ posting, onClose, refetch }: DialogProps) {
  const t = useT();
  const required = useRequired();
  const [takeDown] = useAction(TakeDownPostingDocument);
  const faster = useFaster(refetch);
  return (
    <FormDialog<{ reason: string; article: string }>
      name="take-down"
      title={t('postings.takeDownTitle', { title: posting.title })}
      submitText={t('postings.takeDown')}
      danger
      onClose={onClose}
      onDone={refetch}
      onSubmit={async ({ reason, article }) =>
        faster(
          await takeDown({
            id: posting.id,
            version: posting.version,
            reason: reason.trim(),
            article: article.trim(),
          }),
        )
      }
    >
      <p>{t('postings.takeDownText')}</p>
      <Reason hint={t('form.reasonHint')} />
      <Form.Item
        name="article"
        label={t('form.article')}
        extra={t('form.articleHint')}
        rules={required(t('form.article'))}
      >
        <Input maxLength={100} />
      </Form.Item>
    </FormDialog>
  );
}

/** Lifts a taking down (撤销下架) that was wrong; whoever took it down leaves that to somebody else. */
export function LiftDialog({ posting, onClose, refetch }: DialogProps) {
  const t = useT();
  const [lift] = useAction(LiftTakeDownDocument);
  const faster = useFaster(refetch);
  return (
    <FormDialog<{ reason: string }>
      name="lift-take-down"
      title={t('postings.liftTitle', { title: posting.title })}
      submitText={t('postings.lift')}
      onClose={onClose}
      onDone={refetch}
      onSubmit={async ({ reason }) =>
        faster(await lift({ id: posting.id, version: posting.version, reason: reason.trim() }))
      }
    >
      <p>{t('postings.liftText')}</p>
      <Reason />
    </FormDialog>
  );
}

/** The same ten tomorrow (再发一次): a new posting with the same shifts some days later. */
export function RepeatDialog({ posting, onClose, refetch }: DialogProps) {
  const t = useT();
  const format = useFormat();
  const tell = useTell();
  const navigate = useNavigate();
  const { slug } = useSession();
  const [repeat] = useAction(RepeatPostingDocument);
  const required = useRequired();
  return (
    <FormDialog<{ days: number; sameWorkers?: boolean }>
      name="repeat-posting"
      title={t('postings.repeatTitle', { title: posting.title })}
      submitText={t('postings.repeat')}
      initial={{ days: 1, sameWorkers: false }}
      onClose={onClose}
      onSubmit={async ({ days, sameWorkers }) => {
        const outcome = await repeat({ id: posting.id, days, sameWorkers: sameWorkers ?? false });
        if (outcome.kind === 'done') {
          const names = outcome.value.workers.map((worker) => worker.nameMasked);
          const done = t('postings.repeated');
          tell(outcome, names.length ? t('postings.repeatedWith', { done, names: format.list(names) }) : done);
          await navigate({ to: '/$slug/postings/$id', params: { slug, id: outcome.value.posting.id } });
        }
        return withFlaws(outcome);
      }}
      onDone={refetch}
    >
      <p>{t('postings.repeatText')}</p>
      <Form.Item name="days" label={t('postings.repeatDays')} rules={required(t('postings.repeatDays'))}>
        <InputNumber min={1} max={90} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="sameWorkers" valuePropName="checked" extra={t('postings.sameWorkersHint')}>
        <Checkbox>{t('postings.sameWorkers')}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}

/** All that is wrong with what would be made, where the refusal lists it. */
function withFlaws<S>(outcome: Outcome<S>): Outcome<S> {
  if (outcome.kind !== 'refused') return outcome;
  const flaws = (outcome.refusal.flaws ?? []) as { message: string }[];
  if (flaws.length === 0) return outcome;
  return { ...outcome, field: null, message: flaws.map(({ message }) => message).join(' ') };
}
