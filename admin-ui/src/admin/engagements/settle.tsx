import { Form, Input, Radio } from 'antd';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import {
  DisputeOfDocument,
  type DisputeOfQuery,
  type DisputeOutcome,
  type EngagementStatus,
  SettleDisputeDocument,
} from '../gql/graphql';
import { Fact, Facts } from '../kit/facts';
import { FormDialog } from '../kit/form';
import { useFormat } from '../kit/format';
import { useMoney } from '../kit/money';
import { useRequired } from '../kit/rules';
import { useStanding } from '../kit/standing';
import { Loaded } from '../kit/state';
import type { Props } from './dialogs';

const OUTCOMES: readonly DisputeOutcome[] = ['UPHELD', 'CORRECTED', 'NOT_UPHELD', 'AGREED', 'WITHDRAWN'];
/** What is put right with the dispute itself: that nobody came, and that a cancellation was excused. */
const PUT_RIGHT: readonly EngagementStatus[] = ['NO_SHOW', 'CANCELLED_BY_PARTY'];
type One = NonNullable<DisputeOfQuery['engagement']>;

/** What is disputed, what came of it, and why: both sides read the last two. */
export function Settle({ row, onClose, onDone }: Props) {
  const t = useT();
  const required = useRequired();
  const standing = useStanding('engagement');
  const [settle] = useAction(SettleDisputeDocument);
  const query = useQuery({ query: DisputeOfDocument, variables: { id: row.id }, requestPolicy: 'network-only' });
  return (
    <FormDialog<{ outcome: DisputeOutcome; words: string }>
      name="settle"
      title={t('engage.settleTitle', { name: row.workerName ?? t('engage.nobody') })}
      submitText={t('engage.act.settle')}
      onClose={onClose}
      onDone={onDone}
      onClash={onDone}
      onSubmit={async ({ outcome, words }) =>
        standing(await settle({ id: row.id, version: row.version, outcome, words: words.trim() }))
      }
    >
      <Loaded query={query}>{({ engagement }) => (engagement ? <Disputed one={engagement} /> : null)}</Loaded>
      <Form.Item name="outcome" label={t('engage.settleOutcome')} rules={required(t('engage.settleOutcome'))}>
        <Outcomes status={row.status} />
      </Form.Item>
      <Form.Item
        name="words"
        label={t('engage.settleWords')}
        extra={t('engage.settleHint')}
        rules={required(t('engage.settleWords'))}
      >
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}

interface OutcomesProps {
  status: EngagementStatus;
  id?: string;
  value?: DisputeOutcome;
  onChange?: (event: unknown) => void;
}

function Outcomes({ status, ...field }: OutcomesProps) {
  const term = useTerm();
  const fit = OUTCOMES.filter((value) => value !== 'CORRECTED' || PUT_RIGHT.includes(status));
  return <Radio.Group {...field} options={fit.map((value) => ({ value, label: term('disputeOutcome', value) }))} />;
}

/** What is said, and what else is known: whoever decides need not open another page. */
function Disputed({ one }: { one: One }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const money = useMoney();
  const truth = one.wageTruth;
  return (
    <Facts>
      <Fact label={t('engage.settleBy')}>{`${term('side', one.disputedBy)} · ${format.dateTime(one.disputedAt)}`}</Fact>
      <Fact label={t('engage.disputeWords')}>{one.disputeWords}</Fact>
      <Fact label={t('engage.step.arrivedAt')}>
        {one.arrivedAt ? format.dateTime(one.arrivedAt) : t('engage.notYet')}
      </Fact>
      {truth ? (
        <Fact label={t('engage.wagesTitle')}>
          {[
            t('engage.agreedOf', { amount: money.amount(truth.agreedFen) }),
            `${t('engage.sheetPaid')} ${money.amount(truth.sheetPaidFen)}`,
            `${t('engage.workerSays')} ${money.amount(truth.paidFen)}`,
          ].join(' · ')}
        </Fact>
      ) : null}
    </Facts>
  );
}
