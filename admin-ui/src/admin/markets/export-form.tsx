import { Form, Input } from 'antd';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { ExportDirectoryDocument, ExportedNowDocument, type FormPrintInput, type MarketFilter } from '../gql/graphql';
import { TermSelect } from '../kit/choice';
import { type Format, save } from '../kit/download';
import { FormDialog } from '../kit/form';
import { useFormat } from '../kit/format';
import { LIMITS } from './limits';

type Values = FormPrintInput & { format: Format };
const orNull = (typed: string | null | undefined) => typed?.trim() || null;

/** The form with its filer, telephone and note (填报人、联系电话、备注); each may be left out. */
export function ExportForm({ filter, onClose }: { filter: MarketFilter; onClose: () => void }) {
  const t = useT();
  const { viewer } = useSession();
  const [run] = useAction(ExportDirectoryDocument);
  return (
    <FormDialog<Values>
      name="export"
      title={t('markets.exportForm')}
      submitText={t('action.export')}
      initial={{ format: 'XLSX', filer: viewer.account.displayName }}
      onClose={onClose}
      onSubmit={async ({ format, filer, filerPhone, note }) => {
        const outcome = await run({
          format,
          filter,
          print: { filer: orNull(filer), filerPhone: orNull(filerPhone), note: orNull(note) },
        });
        if (outcome.kind === 'done') save(outcome.value.url, outcome.value.fileName);
        // The fields stand in `print` for the server and beside the format here.
        if (outcome.kind === 'refused' && outcome.field)
          return { ...outcome, field: outcome.field.replace(/^print[.]/, '') };
        return outcome;
      }}
    >
      <Rows filter={filter} />
      <Form.Item name="format" label={t('markets.exportFormat')}>
        <TermSelect group="format" values={['XLSX', 'PDF', 'CSV']} />
      </Form.Item>
      <Form.Item name="filer" label={t('returns.filer')}>
        <Input maxLength={LIMITS.filer} autoComplete="name" />
      </Form.Item>
      <Form.Item name="filerPhone" label={t('returns.filerPhone')}>
        <Input maxLength={20} inputMode="tel" autoComplete="tel" />
      </Form.Item>
      <Form.Item name="note" label={t('market.remark')} extra={t('markets.exportNoteHint')}>
        <Input.TextArea rows={3} maxLength={LIMITS.printNote} />
      </Form.Item>
    </FormDialog>
  );
}

/** How many rows the file will have: without a state chosen the server writes the listed markets only. */
function Rows({ filter }: { filter: MarketFilter }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const status = filter.status ?? 'LISTED';
  const [{ data }] = useQuery({
    query: ExportedNowDocument,
    variables: { filter: { ...filter, status } },
    requestPolicy: 'network-only',
  });
  const n = data?.markets?.totalCount;
  if (typeof n !== 'number') return null;
  const key = filter.status ? 'markets.exportRowsOf' : 'markets.exportRows';
  return <p>{t(key, { n: format.number(n), status: term('status', status) })}</p>;
}
