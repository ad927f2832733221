import { Form, Input, InputNumber, Select } from 'antd';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { type DeductionReason, EngagementsDocument, type PayMethod, SaveWageSheetDocument } from '../gql/graphql';
import { TermSelect } from '../kit/choice';
import { FormDialog } from '../kit/form';
import { useFormat } from '../kit/format';
import { toFen } from '../kit/money';
import { RowList } from '../kit/row-list';
import { useRequired } from '../kit/rules';
import type { Sheet } from './wage-sheets';

const METHODS = ['BANK', 'MOBILE', 'CASH'] as const;
/** What the law lets be taken off; the server refuses the others and says why. */
const REASONS = ['SOCIAL_INSURANCE', 'INCOME_TAX', 'COURT_ORDER', 'DAMAGE', 'OTHER'] as const;
/** As many lines as the server takes. */
const MOST = 100;

interface Line {
  engagementId: string;
  minutes: number;
  pieces?: number | null;
  dueFen: number;
  deductionFen?: number | null;
  deductionReason?: DeductionReason | null;
  paidFen: number;
  method: PayMethod;
  paidAt: string;
}

interface Props {
  postingId: string;
  sheet: Sheet | null;
  onClose: () => void;
  onDone: () => void;
}

/** A moment of Shanghai, as `datetime-local` has it. */
const local = (at: string) =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Asia/Shanghai' })
    .format(new Date(at))
    .replace(' ', 'T');

/** Amounts are typed in yuan; the field keeps the name that the server gives it, so that a refusal finds it. */
export function WageForm({ postingId, sheet, onClose, onDone }: Props) {
  const t = useT();
  const [save] = useAction(SaveWageSheetDocument);
  const now = local(new Date().toISOString());
  const lines: Line[] = (sheet?.lines ?? []).map((l) => ({
    ...l,
    dueFen: l.dueFen / 100,
    paidFen: l.paidFen / 100,
    deductionFen: l.deductionFen ? l.deductionFen / 100 : null,
    paidAt: local(l.paidAt),
  }));
  return (
    <FormDialog<{ lines?: Line[] }>
      name="wage-sheet"
      width={720}
      title={t(sheet ? 'sheets.edit' : 'sheets.add')}
      initial={{ lines: lines.length ? lines : [{ method: 'BANK', paidAt: now } as Line] }}
      onClose={onClose}
      onDone={onDone}
      onClash={onDone}
      onSubmit={({ lines: typed = [] }) =>
        save({
          id: sheet?.id ?? null,
          version: sheet?.version ?? null,
          postingId,
          lines: typed.slice(0, MOST).map((l) => ({
            engagementId: l.engagementId,
            minutes: l.minutes,
            pieces: l.pieces ?? null,
            dueFen: toFen(l.dueFen) ?? 0,
            deductionFen: toFen(l.deductionFen),
            deductionReason: l.deductionFen ? (l.deductionReason ?? null) : null,
            paidFen: toFen(l.paidFen) ?? 0,
            method: l.method,
            paidAt: `${l.paidAt.slice(0, 16)}:00+08:00`,
            proof: null,
          })),
        })
      }
    >
      <RowList
        name="lines"
        title={(n) => t('sheets.line', { n })}
        removeText={(n) => t('sheets.removeLine', { n })}
        addText={t('sheets.addLine')}
        fresh={() => ({ method: 'BANK', paidAt: now })}
      >
        {(index) => <LineFields index={index} postingId={postingId} />}
      </RowList>
    </FormDialog>
  );
}

function LineFields({ index, postingId }: { index: number; postingId: string }) {
  const t = useT();
  const format = useFormat();
  const required = useRequired();
  const [{ data }] = useQuery({
    query: EngagementsDocument,
    variables: {
      first: MOST,
      after: null,
      filter: { postingId, status: ['ARRIVED', 'COMPLETED', 'PAID'] },
    },
  });
  const yuan = (name: 'dueFen' | 'paidFen' | 'deductionFen', label: string, needed: boolean) => (
    <Form.Item name={[index, name]} label={label} rules={needed ? required(label) : []}>
      <InputNumber min={0} max={1_000_000} precision={2} style={{ width: '100%' }} />
    </Form.Item>
  );
  return (
    <div className="hours-grid">
      <Form.Item name={[index, 'engagementId']} label={t('engage.worker')} rules={required(t('engage.worker'))}>
        <Select<string>
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          options={(data?.engagements?.edges ?? []).map(({ node }) => ({
            value: node.id,
            label: `${node.workerName ?? t('engage.nobody')} ${format.dateTime(node.job.startsAt)}`,
          }))}
        />
      </Form.Item>
      <Form.Item name={[index, 'minutes']} label={t('sheets.minutesTyped')} rules={required(t('sheets.minutesTyped'))}>
        <InputNumber min={0} max={44_640} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name={[index, 'pieces']} label={t('sheets.pieces')}>
        <InputNumber min={0} max={1_000_000} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      {yuan('dueFen', t('sheets.dueYuan'), true)}
      {yuan('deductionFen', t('sheets.deductionYuan'), false)}
      <Form.Item name={[index, 'deductionReason']} label={t('sheets.deductionReason')}>
        <TermSelect group="deduction" values={REASONS} allowClear />
      </Form.Item>
      {yuan('paidFen', t('sheets.paidYuan'), true)}
      <Form.Item name={[index, 'method']} label={t('sheets.method')} rules={required(t('sheets.method'))}>
        <TermSelect group="payMethod" values={METHODS} />
      </Form.Item>
      <Form.Item name={[index, 'paidAt']} label={t('sheets.paidAt')} rules={required(t('sheets.paidAt'))}>
        <Input type="datetime-local" />
      </Form.Item>
    </div>
  );
}
