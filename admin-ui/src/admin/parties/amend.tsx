import { Form, Input } from 'antd';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { AmendPartyDocument, type AmendPartyInput, type PartyWholeFragment } from '../gql/graphql';
import { DivisionPicker } from '../kit/division';
import { FormDialog } from '../kit/form';
import { isPerson } from './fields';

interface Props {
  party: PartyWholeFragment;
  onClose: () => void;
  refetch: () => void;
}

/** Amends what may be amended; the contact is masked, so an empty field keeps it. */
export function AmendDialog({ party, onClose, refetch }: Props) {
  const t = useT();
  const [amend] = useAction(AmendPartyDocument);
  const unit = !isPerson(party.kind);
  const renames = unit && party.status !== 'VERIFIED' && party.status !== 'SUSPENDED';
  return (
    <FormDialog<AmendPartyInput>
      name="amend-party"
      title={t('parties.amendTitle', { name: party.displayName })}
      initial={{ county: party.county, address: party.address, ...(renames ? { name: party.displayName } : {}) }}
      onClose={onClose}
      onDone={refetch}
      onClash={refetch}
      onSubmit={(values) =>
        amend({
          id: party.id,
          version: party.version,
          input: {
            name: renames && values.name?.trim() !== party.displayName ? (values.name?.trim() ?? null) : null,
            contactName: values.contactName?.trim() || null,
            contactPhone: values.contactPhone?.trim() || null,
            county: values.county && values.county !== party.county ? values.county : null,
            // An empty address takes the one there is away.
            address: unit ? (values.address?.trim() ?? '') : null,
          },
        })
      }
    >
      {party.status === 'REJECTED' ? <p>{t('parties.amendRejected')}</p> : null}
      {renames ? (
        <Form.Item name="name" label={t('parties.unitName')}>
          <Input maxLength={100} />
        </Form.Item>
      ) : null}
      <Form.Item
        name="contactName"
        label={t('parties.contactName')}
        extra={t('parties.keeps', { value: party.contactName ?? '—' })}
      >
        <Input maxLength={50} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="contactPhone"
        label={t('parties.contactPhone')}
        extra={t('parties.keeps', { value: party.contactPhone ?? '—' })}
      >
        <Input maxLength={40} inputMode="tel" autoComplete="off" />
      </Form.Item>
      <Form.Item name="county" label={t('parties.county')}>
        <DivisionPicker />
      </Form.Item>
      {unit ? (
        <Form.Item name="address" label={t('parties.address')}>
          <Input maxLength={200} />
        </Form.Item>
      ) : null}
    </FormDialog>
  );
}
