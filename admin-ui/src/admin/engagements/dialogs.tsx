import { Checkbox, Form, Input, InputNumber, Radio } from 'antd';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import {
  CancelEngagementDocument,
  type CancelReason,
  ConfirmEngagementDocument,
  CorrectNoShowDocument,
  DisputeEngagementDocument,
  type EngagementRowFragment,
  RecordPayAnswerDocument,
  type Side,
} from '../gql/graphql';
import { TermSelect } from '../kit/choice';
import { FormDialog } from '../kit/form';
import { toFen, useMoney } from '../kit/money';
import { useRequired } from '../kit/rules';
import { useStanding } from '../kit/standing';
import { Settle } from './settle';

/** What asks for something more before it is done. */
export type Dialog = 'certificate' | 'cancel' | 'dispute' | 'settle' | 'pay' | 'correct' | 'cameAfterAll';

/** With what is known of its wage, where that is asked for. */
export type Row = EngagementRowFragment & {
  wageTruth?: { paidFen?: number | null; shortFen?: number | null } | null;
};

export interface Props {
  row: Row;
  onClose: () => void;
  onDone: () => void;
}

export function ActDialog({ what, ...props }: Props & { what: Dialog }) {
  if (what === 'certificate') return <Certificate {...props} />;
  if (what === 'cancel') return <Cancel {...props} />;
  if (what === 'dispute') return <Dispute {...props} />;
  if (what === 'settle') return <Settle {...props} />;
  if (what === 'cameAfterAll') return <CameAfterAll {...props} />;
  return <PayAnswer {...props} corrects={what === 'correct'} />;
}

const REASONS = ['ILLNESS', 'ACCIDENT', 'WEATHER', 'NO_WORK', 'OTHER_WORK', 'PERSONAL', 'OTHER'] as const;

function Certificate({ row, onClose, onDone }: Props) {
  const t = useT();
  const [confirm] = useAction(ConfirmEngagementDocument);
  return (
    <FormDialog<{ certificateSeen: boolean }>
      name="certificate"
      title={t('engage.certificateTitle', { name: row.workerName })}
      submitText={t('engage.act.confirm')}
      onClose={onClose}
      onDone={onDone}
      onSubmit={({ certificateSeen }) => confirm({ id: row.id, version: row.version, certificateSeen })}
    >
      <p>{t('engage.certificateText', { trade: row.job.tradeName })}</p>
      <Form.Item name="certificateSeen" valuePropName="checked">
        <Checkbox>{t('counter.certificateSeen')}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}

/** Late, it has a consequence for either side; the server says which. */
function Cancel({ row, onClose, onDone }: Props) {
  const t = useT();
  const required = useRequired();
  const standing = useStanding('engagement');
  const [cancel] = useAction(CancelEngagementDocument);
  // Before anything is confirmed the hiring party declines instead.
  const sides: Side[] = row.status === 'CONFIRMED' ? ['WORKER', 'PARTY'] : ['WORKER'];
  return (
    <FormDialog<{ behalf: Side; reason: CancelReason }>
      name="cancel"
      danger
      title={t('engage.cancelTitle', { name: row.workerName })}
      submitText={t('engage.act.cancel')}
      initial={{ behalf: 'WORKER' }}
      onClose={onClose}
      onDone={onDone}
      onClash={onDone}
      onSubmit={async ({ behalf, reason }) =>
        standing(await cancel({ id: row.id, version: row.version, behalf, reason }))
      }
    >
      <p>{t('engage.cancelText')}</p>
      <Form.Item name="behalf" label={t('engage.behalf')}>
        <Radio.Group options={sides.map((value) => ({ value, label: t(`side.${value}`) }))} />
      </Form.Item>
      <Form.Item name="reason" label={t('form.reason')} rules={required(t('form.reason'))}>
        <TermSelect group="cancelReason" values={REASONS} />
      </Form.Item>
    </FormDialog>
  );
}

function Dispute({ row, onClose, onDone }: Props) {
  const t = useT();
  const required = useRequired();
  const standing = useStanding('engagement');
  const [dispute] = useAction(DisputeEngagementDocument);
  return (
    <FormDialog<{ words: string }>
      name="dispute"
      title={t('engage.disputeTitle', { name: row.workerName })}
      submitText={t('engage.act.dispute')}
      onClose={onClose}
      onDone={onDone}
      onClash={onDone}
      onSubmit={async ({ words }) => standing(await dispute({ id: row.id, version: row.version, words: words.trim() }))}
    >
      <Form.Item name="words" label={t('engage.disputeWords')} rules={required(t('engage.disputeWords'))}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}

/** A no-show that was recorded wrongly. */
function CameAfterAll({ row, onClose, onDone }: Props) {
  const t = useT();
  const required = useRequired();
  const standing = useStanding('engagement');
  const [correct] = useAction(CorrectNoShowDocument);
  return (
    <FormDialog<{ reason: string }>
      name="cameAfterAll"
      title={t('engage.cameAfterAllTitle', { name: row.workerName ?? t('engage.nobody') })}
      submitText={t('engage.act.cameAfterAll')}
      onClose={onClose}
      onDone={onDone}
      onClash={onDone}
      onSubmit={async ({ reason }) =>
        standing(await correct({ id: row.id, version: row.version, reason: reason.trim() }))
      }
    >
      <p>{t('engage.cameAfterAllText')}</p>
      <Form.Item name="reason" label={t('form.reason')} rules={required(t('form.reason'))}>
        <Input.TextArea rows={3} maxLength={300} />
      </Form.Item>
    </FormDialog>
  );
}

/** Paid is what the worker says; nothing is an answer too, and what was said may have been wrong. */
function PayAnswer({ row, corrects, onClose, onDone }: Props & { corrects: boolean }) {
  const t = useT();
  const money = useMoney();
  const required = useRequired();
  const standing = useStanding('engagement');
  const [record] = useAction(RecordPayAnswerDocument);
  const said = (corrects ? row.wageTruth?.paidFen : null) ?? null;
  return (
    <FormDialog<{ paidFen: number }>
      name="pay"
      title={t(corrects ? 'engage.correctTitle' : 'engage.payTitle', { name: row.workerName })}
      submitText={t('action.save')}
      initial={said === null ? {} : { paidFen: said / 100 }}
      onClose={onClose}
      onDone={onDone}
      onClash={onDone}
      onSubmit={async ({ paidFen }) =>
        standing(await record({ id: row.id, version: row.version, paidFen: toFen(paidFen) ?? 0 }))
      }
    >
      <p>
        {row.allowanceFen
          ? t('engage.allowanceOf', { amount: money.amount(row.allowanceFen) })
          : t('engage.payText', { wage: money.wage(row.job) })}
      </p>
      {corrects ? <p>{t('engage.correctText')}</p> : null}
      <Form.Item name="paidFen" label={t('engage.paidYuan')} rules={required(t('engage.paidYuan'))}>
        <InputNumber min={0} max={1_000_000} precision={2} style={{ width: '100%' }} />
      </Form.Item>
    </FormDialog>
  );
}
