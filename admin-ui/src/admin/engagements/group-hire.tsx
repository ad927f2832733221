import { Checkbox, Form, Input } from 'antd';
import { useT } from '../app/i18n';
import { type Outcome, useAction } from '../app/outcome';
import { useCounterMarket } from '../counter/market';
import { readTyped } from '../counter/typed';
import { HireGroupDocument, LookUpWorkerDocument } from '../gql/graphql';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';
import { useRequired } from '../kit/rules';

/** As many as the server takes together. */
const GROUP = 50;

interface Props {
  shiftId: string;
  onClose: () => void;
  onDone: () => void;
}

interface Values {
  numbers: string;
  certificateSeen?: boolean;
}

/** The numbers that were typed, one to a line. */
export const linesOf = (text: string) => [...new Set(text.split(/[\s,，、;；]+/).filter(Boolean))];

/** A gang that stands here together (成组录用): their numbers, one to a line; all of them are taken, or none. */
export function GroupHire({ shiftId, onClose, onDone }: Props) {
  const t = useT();
  const tell = useTell();
  const required = useRequired();
  const { market } = useCounterMarket();
  const [lookUp] = useAction(LookUpWorkerDocument);
  const [hire] = useAction(HireGroupDocument);

  const wrong = (message: string): Outcome<never> => ({
    kind: 'refused',
    code: 'NUMBERS',
    message,
    field: 'numbers',
    refusal: {},
  });

  const submit = async ({ numbers, certificateSeen }: Values): Promise<Outcome<unknown>> => {
    const lines = linesOf(numbers);
    if (lines.length > GROUP) return wrong(t('engage.groupMost', { n: GROUP }));
    const workers: string[] = [];
    const missing: string[] = [];
    for (const line of lines) {
      const typed = readTyped(line);
      if (typed.kind === 'slip') {
        workers.push(typed.workerId);
        continue;
      }
      const phone = typed.kind === 'phone' ? typed.phone : null;
      const idNumber = typed.kind === 'idNumber' ? typed.idNumber : null;
      const found = phone || idNumber ? await lookUp({ marketId: market?.id ?? null, phone, idNumber }) : null;
      if (found?.kind === 'fault') return found;
      if (found?.kind === 'done') workers.push(found.value.id);
      else missing.push(line);
    }
    if (missing.length) return wrong(t('engage.groupMissing', { n: missing.length, lines: missing.join('，') }));
    const outcome = await hire({ shiftId, workerIds: workers, certificateSeen: certificateSeen ?? null });
    if (outcome.kind === 'done') tell(outcome, t('engage.groupHired', { n: workers.length }));
    return outcome;
  };

  return (
    <FormDialog<Values>
      name="group-hire"
      title={t('engage.hireGroup')}
      submitText={t('engage.hireGroupGo')}
      onClose={onClose}
      onDone={onDone}
      onSubmit={submit}
    >
      <p>{t('engage.hireGroupText', { n: GROUP })}</p>
      <Form.Item name="numbers" label={t('engage.numbers')} rules={required(t('engage.numbers'))}>
        <Input.TextArea rows={8} autoComplete="off" spellCheck={false} />
      </Form.Item>
      <Form.Item name="certificateSeen" valuePropName="checked">
        <Checkbox>{t('engage.certificatesSeen')}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}
