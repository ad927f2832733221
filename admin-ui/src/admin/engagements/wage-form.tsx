import { Checkbox, Form, Input, InputNumber } from 'antd';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { EngagementsDocument, SaveWageSheetDocument } from '../gql/graphql';
import { TermSelect } from '../kit/choice';
import { PaperItem } from '../kit/file';
import { FormDialog } from '../kit/form';
import { useRequired } from '../kit/rules';
import { atLine, type Line, linesOfSheet, linesOfWork, local, sentOf } from './wage-lines';
import { useProofs } from './wage-proofs';
import type { Sheet } from './wage-sheets';

const METHODS = ['BANK', 'MOBILE', 'CASH'] as const;
/** What the law lets be taken off; the server refuses the others and says why. */
const REASONS = ['SOCIAL_INSURANCE', 'INCOME_TAX', 'COURT_ORDER', 'DAMAGE', 'OTHER'] as const;
/** As many lines as the server takes. */
const MOST = 100;

interface Props {
  postingId: string;
  sheet: Sheet | null;
  /** Those who stand on a sheet already. */
  paid: ReadonlySet<string>;
  onClose: () => void;
  onDone: () => void;
}

/** A new sheet begins with everybody who was there and stands on none; one that is known with its own lines. */
export function WageForm({ postingId, sheet, paid, onClose, onDone }: Props) {
  const [{ data }] = useQuery({
    query: EngagementsDocument,
    variables: { first: MOST, after: null, filter: { postingId, status: ['ARRIVED', 'COMPLETED', 'PAID'] } },
    pause: sheet !== null,
    requestPolicy: 'network-only',
  });
  if (!sheet && !data) return null;
  const rows = (data?.engagements?.edges ?? []).map(({ node }) => node).filter(({ id }) => !paid.has(id));
  const lines = sheet ? linesOfSheet(sheet) : linesOfWork(rows, local(new Date().toISOString()));
  return <Fields postingId={postingId} sheet={sheet} lines={lines} onClose={onClose} onDone={onDone} />;
}

function Fields({ postingId, sheet, lines, onClose, onDone }: Omit<Props, 'paid'> & { lines: Line[] }) {
  const t = useT();
  const [save] = useAction(SaveWageSheetDocument);
  const send = useProofs();
  return (
    <FormDialog<{ lines?: Line[] }>
      name="wage-sheet"
      width={760}
      title={t(sheet ? 'sheets.edit' : 'sheets.add')}
      initial={{ lines }}
      onClose={onClose}
      onDone={onDone}
      onClash={onDone}
      onSubmit={async ({ lines: typed = [] }) => {
        const all = lines.map((line, index) => ({ ...line, ...typed[index] }));
        const proofs = await send(all);
        if (proofs.kind !== 'done') return proofs;
        const { id = null, version = null } = sheet ?? {};
        return atLine(await save({ id, version, postingId, lines: sentOf(all, proofs.value) }), all);
      }}
    >
      {lines.length ? (
        lines.map((line, index) => <LineFields key={line.engagementId} line={line} index={index} />)
      ) : (
        <p>{t('sheets.nobody')}</p>
      )}
    </FormDialog>
  );
}

function LineFields({ line, index }: { line: Line; index: number }) {
  const t = useT();
  const included = Form.useWatch(['lines', index, 'included']) as boolean | undefined;
  const name = line.workerName ?? t('engage.nobody');
  return (
    <fieldset className="hours-row">
      <legend>{t('sheets.line', { n: index + 1, name })}</legend>
      <Form.Item name={['lines', index, 'included']} valuePropName="checked">
        <Checkbox>{t('sheets.included')}</Checkbox>
      </Form.Item>
      {included === false ? null : (
        <>
          <Figures index={index} />
          <PaperItem
            name={['lines', index, 'proof']}
            label={t('sheets.proof')}
            hint={t(line.proven ? 'sheets.proofKept' : 'sheets.proofHint')}
          />
        </>
      )}
    </fieldset>
  );
}

/** How long somebody worked, what was due, taken off and paid. */
function Figures({ index }: { index: number }) {
  const t = useT();
  const required = useRequired();
  const yuan = (field: 'dueFen' | 'paidFen' | 'deductionFen', label: string, needed: boolean) => (
    <Form.Item name={['lines', index, field]} label={label} rules={needed ? required(label) : []}>
      <InputNumber min={0} max={1_000_000} precision={2} style={{ width: '100%' }} />
    </Form.Item>
  );
  return (
    <div className="hours-grid">
      <Form.Item
        name={['lines', index, 'minutes']}
        label={t('sheets.minutesTyped')}
        rules={required(t('sheets.minutesTyped'))}
      >
        <InputNumber min={0} max={44_640} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name={['lines', index, 'pieces']} label={t('sheets.pieces')}>
        <InputNumber min={0} max={1_000_000} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      {yuan('dueFen', t('sheets.dueYuan'), true)}
      {yuan('deductionFen', t('sheets.deductionYuan'), false)}
      <Form.Item name={['lines', index, 'deductionReason']} label={t('sheets.deductionReason')}>
        <TermSelect group="deduction" values={REASONS} allowClear />
      </Form.Item>
      {yuan('paidFen', t('sheets.paidYuan'), true)}
      <Form.Item name={['lines', index, 'method']} label={t('sheets.method')} rules={required(t('sheets.method'))}>
        <TermSelect group="payMethod" values={METHODS} />
      </Form.Item>
      <Form.Item name={['lines', index, 'paidAt']} label={t('sheets.paidAt')} rules={required(t('sheets.paidAt'))}>
        <Input type="datetime-local" />
      </Form.Item>
    </div>
  );
}
