import { Button, Form, Input, Select, Space } from 'antd';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  type CertificateInput,
  RemoveWorkerCertificateDocument,
  SaveWorkerCertificateDocument,
  TradeChoicesDocument,
  VerifyWorkerCertificateDocument,
} from '../gql/graphql';
import { Chip } from '../kit/chip';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';
import { today, useFormat } from '../kit/format';
import { PartList } from '../kit/parts';
import { useRequired } from '../kit/rules';
import { Masked } from '../people/reveal';
import type { WorkerOne, WorkerProps } from './detail';

type Row = NonNullable<WorkerOne['certificates']>[number];

/** Special-operation certificates (特种作业操作证): each waits for somebody who saw it to vouch for it. */
export function Certificates({ worker, refetch }: WorkerProps) {
  const t = useT();
  const format = useFormat();
  const { can } = useSession();
  const [remove] = useAction(RemoveWorkerCertificateDocument);
  const open = worker.status === 'ACTIVE' && can('worker.amend');
  return (
    <PartList<Row>
      title={t('workers.certificates')}
      rows={worker.certificates ?? []}
      empty={t('workers.noCertificates')}
      nameOf={(row) => row.trade.name}
      addText={t('workers.addCertificate')}
      canEdit={false}
      refetch={refetch}
      dialog={open ? (_, close) => <Add workerId={worker.id} close={close} refetch={refetch} /> : undefined}
      remove={open ? ({ id }) => remove({ certificateId: id }) : undefined}
      columns={[
        { title: t('workers.certificateTrade'), render: (_, r) => r.trade.name },
        {
          title: t('workers.certificateNumber'),
          render: (_, r) =>
            can('worker.reveal') ? (
              <Masked id={r.id} field="CERTIFICATE_NUMBER" masked={r.numberMasked} />
            ) : (
              r.numberMasked
            ),
        },
        {
          title: t('workers.validUntil'),
          render: (_, r) => (
            <Space size={4}>
              {format.date(r.validUntil)}
              {r.validUntil < today() ? <Chip tone="bad">{t('workers.expired')}</Chip> : null}
            </Space>
          ),
        },
        { title: t('workers.verified'), render: (_, r) => <Verified row={r} refetch={refetch} /> },
      ]}
    />
  );
}

/** Somebody vouched for it, or may do so now. */
function Verified({ row, refetch }: { row: Row; refetch: () => void }) {
  const t = useT();
  const tell = useTell();
  const { can } = useSession();
  const [verify] = useAction(VerifyWorkerCertificateDocument);
  if (row.verified) return <Chip tone="good">{t('workers.verified')}</Chip>;
  if (!can('worker.verify')) return <Chip tone="warn">{t('workers.notVerified')}</Chip>;
  return (
    <Button
      size="small"
      aria-label={t('workers.verifyOne', { trade: row.trade.name })}
      onClick={() =>
        void verify({ id: row.id }).then((outcome) => {
          tell(outcome, t('workers.verifiedNow'));
          refetch();
        })
      }
    >
      {t('workers.verify')}
    </Button>
  );
}

function Add({ workerId, close, refetch }: { workerId: string; close: () => void; refetch: () => void }) {
  const t = useT();
  const required = useRequired();
  const [save] = useAction(SaveWorkerCertificateDocument);
  const [{ data }] = useQuery({ query: TradeChoicesDocument, variables: { search: null, first: 100 } });
  return (
    <FormDialog<CertificateInput>
      name="certificate"
      title={t('workers.addCertificate')}
      onClose={close}
      onDone={refetch}
      onSubmit={(input) => save({ workerId, input: { ...input, number: input.number.trim() } })}
    >
      <Form.Item name="trade" label={t('workers.certificateTrade')} rules={required(t('workers.certificateTrade'))}>
        <Select<string>
          showSearch={{ optionFilterProp: 'label' }}
          options={(data?.trades ?? [])
            .filter((trade) => trade.needsCertificate)
            .map(({ code, name }) => ({ value: code, label: name }))}
        />
      </Form.Item>
      <Form.Item name="number" label={t('workers.certificateNumber')} rules={required(t('workers.certificateNumber'))}>
        <Input maxLength={30} autoComplete="off" />
      </Form.Item>
      <Form.Item name="validUntil" label={t('workers.validUntil')} rules={required(t('workers.validUntil'))}>
        <Input type="date" min={today()} />
      </Form.Item>
    </FormDialog>
  );
}
