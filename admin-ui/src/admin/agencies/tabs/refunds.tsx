import { Form, Input } from 'antd';
import { useT } from '../../app/i18n';
import { useAction } from '../../app/outcome';
import { MarkRefundDueDocument, MarkRefundedDocument } from '../../gql/graphql';
import { FormDialog } from '../../kit/form';
import { today } from '../../kit/format';
import { Reason } from '../../kit/reason';
import { useRequired } from '../../kit/rules';

interface Props {
  row: { id: string; version: number; receiptNo: string };
  onClose: () => void;
  refetch: () => void;
}

/** The placement failed, so the fee is to be paid back (就业服务与就业管理规定 第五十五条). */
export function RefundDueDialog({ row, onClose, refetch }: Props) {
  const t = useT();
  const required = useRequired();
  const [mark] = useAction(MarkRefundDueDocument);
  return (
    <FormDialog<{ failedOn: string; reason: string }>
      name="refund-due"
      title={t('receipts.dueOne', { no: row.receiptNo })}
      initial={{ failedOn: today() }}
      onClose={onClose}
      onDone={refetch}
      onClash={refetch}
      onSubmit={({ failedOn, reason }) => mark({ id: row.id, version: row.version, failedOn, reason: reason.trim() })}
    >
      <p>{t('receipts.dueText')}</p>
      <Form.Item name="failedOn" label={t('receipts.failedOn')} rules={required(t('receipts.failedOn'))}>
        <Input type="date" max={today()} />
      </Form.Item>
      <Reason max={1000} />
    </FormDialog>
  );
}

export function RefundedDialog({ row, onClose, refetch }: Props) {
  const t = useT();
  const required = useRequired();
  const [mark] = useAction(MarkRefundedDocument);
  return (
    <FormDialog<{ refundedOn: string }>
      name="refunded"
      title={t('receipts.refundedOne', { no: row.receiptNo })}
      initial={{ refundedOn: today() }}
      onClose={onClose}
      onDone={refetch}
      onClash={refetch}
      onSubmit={({ refundedOn }) => mark({ id: row.id, version: row.version, refundedOn })}
    >
      <Form.Item name="refundedOn" label={t('receipts.refundedDay')} rules={required(t('receipts.refundedDay'))}>
        <Input type="date" max={today()} />
      </Form.Item>
    </FormDialog>
  );
}
