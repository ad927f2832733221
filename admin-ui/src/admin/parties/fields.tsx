import { Form, Input } from 'antd';
import { useT } from '../app/i18n';
import { useSession } from '../app/session';
import type { PartyKind } from '../gql/graphql';
import { TermSelect } from '../kit/choice';
import { DivisionPicker } from '../kit/division';
import { useRequired } from '../kit/rules';
import { AgencyPicker, MarketPicker } from '../postings/pickers';
import { ENUMS } from './search';

/** A person hires under a name and a citizen number, a unit under its code. */
export const isPerson = (kind: PartyKind | string | undefined) => kind === 'HOUSEHOLD' || kind === 'GANG_LEADER';

/** What is registered of whoever hires: of a unit its code, of a person its number. */
export function PartyFields() {
  const t = useT();
  const required = useRequired();
  const kind = Form.useWatch('kind') as PartyKind | undefined;
  const person = isPerson(kind);
  return (
    <>
      <section className="card" aria-labelledby="party-who">
        <h2 id="party-who">{t('parties.section.who')}</h2>
        <Form.Item
          name="kind"
          label={t('parties.kind')}
          extra={kind ? t(`parties.kindHint.${person ? kind : 'UNIT'}`) : null}
        >
          <TermSelect group="partyKind" values={ENUMS.kind} />
        </Form.Item>
        <Form.Item
          name="name"
          label={t(person ? 'parties.personName' : 'parties.unitName')}
          extra={t(person ? 'parties.personNameHint' : 'parties.unitNameHint')}
          rules={required(t(person ? 'parties.personName' : 'parties.unitName'))}
        >
          <Input maxLength={person ? 50 : 100} autoComplete="off" />
        </Form.Item>
        {person ? (
          <Form.Item
            name="idNumber"
            label={t('parties.idNumber')}
            extra={t('parties.idNumberHint')}
            rules={required(t('parties.idNumber'))}
          >
            <Input maxLength={18} autoComplete="off" />
          </Form.Item>
        ) : (
          <Form.Item name="uscc" label={t('parties.uscc')} rules={required(t('parties.uscc'))}>
            <Input maxLength={18} autoComplete="off" />
          </Form.Item>
        )}
      </section>
      <section className="card" aria-labelledby="party-where">
        <h2 id="party-where">{t('parties.section.contact')}</h2>
        <div className="filter-grid">
          <Form.Item name="contactName" label={t('parties.contactName')}>
            <Input maxLength={50} autoComplete="off" />
          </Form.Item>
          <Form.Item name="contactPhone" label={t('parties.contactPhone')} rules={required(t('parties.contactPhone'))}>
            <Input maxLength={40} inputMode="tel" autoComplete="off" />
          </Form.Item>
          <Form.Item name="county" label={t('parties.county')} rules={required(t('parties.county'))}>
            <DivisionPicker />
          </Form.Item>
        </div>
        {person ? null : (
          <Form.Item name="address" label={t('parties.address')}>
            <Input maxLength={200} />
          </Form.Item>
        )}
        <Whose />
      </section>
    </>
  );
}

function Whose() {
  const t = useT();
  const { can } = useSession();
  return (
    <div className="filter-grid">
      {can('market.read') ? (
        <Form.Item name="marketId" label={t('parties.market')} extra={t('parties.marketHint')}>
          <MarketPicker allowClear />
        </Form.Item>
      ) : null}
      {can('agency.read') ? (
        <Form.Item name="agencyId" label={t('parties.agency')} extra={t('parties.agencyHint')}>
          <AgencyPicker allowClear />
        </Form.Item>
      ) : null}
    </div>
  );
}
