import { askOwn } from '../api';
import { h, replace } from '../dom';
import { section } from '../frame';
import { AppealDocument, MyPointsDocument, type MyPointsQuery } from './gql/graphql';
import { facts, form, textField, unfold } from './kit';
import { doing } from './next';
import { ownPage } from './signin';
import { date, w } from './text';

type Point = NonNullable<MyPointsQuery['myConductPoints']>[number];

/** One's own points (我的记分): what for, until when, and the appeal, which somebody else decides. */
export async function showPoints(slug: string) {
  const draw = () => showPoints(slug);
  const page = await ownPage(slug, w('points.title'), draw, w('me.signIn'));
  if (!page) return;
  const { myConductPoints: points, hireRules: rules } = await askOwn(slug, MyPointsDocument, {});
  const sum = (points ?? []).filter(({ inForce }) => inForce).reduce((all, point) => all + point.points, 0);
  replace(
    page.main,
    h('p', { class: 'crumb' }, h('a', { href: `/${slug}/me` }, w('me.back'))),
    h('h1', null, w('points.title')),
    h('p', { class: 'big' }, w('points.sum', { n: sum })),
    rules &&
      h(
        'p',
        { class: 'hint' },
        w('points.rule', {
          noShow: rules.noShowPoints,
          late: rules.lateCancelPoints,
          days: rules.pointsDays,
          limit: rules.pointsLimit,
        }),
      ),
    (points ?? []).length === 0 && h('p', { class: 'notice' }, w('points.none')),
    (points ?? []).map((point) => pointBlock(slug, point, draw)),
  );
}

function pointBlock(slug: string, point: Point, draw: () => void) {
  return section(
    w('points.one', { n: point.points, why: point.reason ? w(`pointReason.${point.reason}`) : '' }),
    facts(
      [w('points.given'), date(point.givenOn)],
      [w('points.until'), date(point.expiresOn)],
      [w('points.state'), w(point.liftedAt ? 'points.lifted' : point.inForce ? 'points.counts' : 'points.over')],
      [w('appeal.reference'), point.appealReference],
      [w('appeal.state'), point.appealStatus && w(`caseStatus.${point.appealStatus}`)],
      [w('appeal.decision'), point.appealDecision && w(`caseDecision.${point.appealDecision}`)],
      [w('appeal.due'), point.appealStatus !== 'DECIDED' && point.appealDueOn && date(point.appealDueOn)],
    ),
    !point.appealReference && point.inForce && unfold(w('appeal.button'), appeal(slug, point, draw)),
  );
}

function appeal(slug: string, { id }: Point, draw: () => void) {
  const reason = textField({ name: 'reason', label: w('appeal.reason'), rows: 4, maxlength: 500, required: true });
  const send = doing(draw, (act) => act.run(slug, AppealDocument, { id, reason: reason.value() }));
  return form(() => [reason], reason.box, w('appeal.send'), send);
}
