import { placeOf } from '../../../place';
import { useT, useTerm } from '../../app/i18n';
import { useSession } from '../../app/session';
import { Chip } from '../../kit/chip';
import { Fact, Facts } from '../../kit/facts';
import { degrees, useFormat } from '../../kit/format';
import { Masked } from '../../people/reveal';
import { CrowdCard } from '../crowd';
import { QueueCard } from '../queue';
import type { MarketDetailData, TabProps } from './props';

type Figure = NonNullable<MarketDetailData['seekerScale']>;

/** A market at a glance, as the file card of the office has it. */
export function Overview({ market, refetch }: TabProps) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { can } = useSession();
  const { address } = market;
  return (
    <div className="two-columns">
      <Facts>
        <Fact label={t('market.nature')}>
          {term('nature', market.nature)} {market.publicInterest ? <Chip>{t('markets.publicInterest')}</Chip> : null}
        </Fact>
        <Fact label={t('market.operatorKind')}>
          {[term('operator', market.operatorKind), market.operatorName].filter(Boolean).join(' · ')}
        </Fact>
        {market.licenceNo ? (
          <Fact label={t('market.licenceNo')}>
            {market.licenceNo}
            {market.licenceUntil ? (
              <div className="soft">{t('market.licenceGood', { date: format.date(market.licenceUntil) })}</div>
            ) : null}
          </Fact>
        ) : null}
        <Fact label={t('market.aliasBasis')}>{term('basis', market.aliasBasis)}</Fact>
        <Fact label={t('market.layout')}>{term('layout', market.layout) || '—'}</Fact>
        <Fact label={t('market.address')}>
          <Address address={address} />
        </Fact>
        <Fact label={t('point.title')}>
          {address.point ? `${degrees(address.point)} (${term('crs', address.point.crs)})` : t('point.none')}
        </Fact>
        <Fact label={t('market.section.hours')}>
          {market.hoursText || '—'}
          <div className="soft">
            {t(market.openNow ? 'market.openNow' : 'market.closedNow')} {format.list(market.hoursToday)}
          </div>
        </Fact>
        <Fact label={t('market.trades')}>
          {format.list([...market.trades.map((x) => x.name), ...market.otherTrades]) || '—'}
        </Fact>
        <Fact label={t('market.services')}>{format.list(market.services.map((s) => term('service', s))) || '—'}</Fact>
        <Fact label={t('market.section.contacts')}>
          {market.contacts.length
            ? market.contacts.map((c) => (
                <div key={c.id}>
                  {c.label}{' '}
                  {c.phoneDisplay.includes('*') && can('market.reveal_contact') ? (
                    <Masked id={c.id} field="PHONE" masked={c.phoneDisplay} />
                  ) : (
                    c.phoneDisplay
                  )}{' '}
                  {c.public ? null : <Chip>{t('contact.private')}</Chip>}
                </div>
              ))
            : '—'}
        </Fact>
        <Fact label={t('market.seekerScale')}>
          <FigureText figure={market.seekerScale} />
        </Fact>
        <Fact label={t('market.dailySuccesses')}>
          <FigureText figure={market.dailySuccesses} />
        </Fact>
        <Fact label={t('market.area')}>{format.number(market.areaSquareMetres)}</Fact>
        <Fact label={t('market.remark')}>{market.remark ?? '—'}</Fact>
        <Fact label={t('market.updatedAt')}>{format.dateTime(market.updatedAt)}</Fact>
      </Facts>
      <aside>
        <CrowdCard market={market} refetch={refetch} />
        <QueueCard market={market} refetch={refetch} />
        <PublicPage market={market} />
        <Transparency market={market} />
      </aside>
    </div>
  );
}

function Address({ address }: { address: MarketDetailData['address'] }) {
  const t = useT();
  const term = useTerm();
  return (
    <>
      {placeOf({
        divisionName: [address.division.fullName, address.village].filter(Boolean).join(' '),
        address: address.text,
      })}
      {address.villageCode ? (
        <div className="soft">{t('market.villageCoded', { code: address.villageCode })}</div>
      ) : null}
      {address.mapLinks ? (
        <div className="links">
          {(['baidu', 'gaode', 'tencent'] as const).map((p) => (
            <a key={p} href={address.mapLinks?.[p]} target="_blank" rel="noreferrer">
              {term('provider', p.toUpperCase())}
            </a>
          ))}
        </div>
      ) : null}
    </>
  );
}

function PublicPage({ market }: { market: MarketDetailData }) {
  const t = useT();
  const { slug } = useSession();
  return (
    <section className="card">
      <h2>{t('market.publicPage')}</h2>
      {market.status === 'LISTED' ? (
        <>
          <img
            className="qr"
            width={150}
            height={150}
            alt={t('market.qrAlt', { name: market.displayName })}
            src={`/${slug}/markets/${encodeURIComponent(market.id)}/qr.svg`}
          />
          <p>
            <a href={`/${slug}/markets/${encodeURIComponent(market.slug)}`} target="_blank" rel="noreferrer">
              {t('market.openPublic')}
            </a>
          </p>
        </>
      ) : (
        <p>{t('market.notPublic')}</p>
      )}
    </section>
  );
}

function Transparency({ market }: { market: MarketDetailData }) {
  const t = useT();
  return (
    <section className="card">
      <h2>{t('market.transparency')}</h2>
      <p>
        {market.transparency.hotline
          ? t('market.hotline', { phone: market.transparency.hotline })
          : t('market.noHotline')}
      </p>
      {market.transparency.complaintChannels.length ? (
        <ul>
          {market.transparency.complaintChannels.map((c) => (
            <li key={c}>{c}</li>
          ))}
        </ul>
      ) : (
        <p className="soft">{market.transparency.emptyText ?? t('market.noChannels')}</p>
      )}
    </section>
  );
}

function FigureText({ figure }: { figure: Figure | null }) {
  const t = useT();
  const format = useFormat();
  if (!figure) return <>—</>;
  return (
    <>
      {figure.text}
      <div className="soft">
        {[
          figure.methodText,
          figure.overrideReason ? t('figure.because', { reason: figure.overrideReason }) : '',
          figure.computedFrom ? figure.computedFrom.text : format.date(figure.asOf),
        ]
          .filter(Boolean)
          .join(' · ')}
      </div>
    </>
  );
}
