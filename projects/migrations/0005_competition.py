import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


# The trail is append-only. The demo removes its whole edition; nothing else takes lines away.
GUARD = """
CREATE FUNCTION projects_guard_score() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('hrconf.removes_edition', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the trail of scores is never changed, only added to'
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER projects_score_guard BEFORE UPDATE OR DELETE ON projects_score
  FOR EACH ROW EXECUTE FUNCTION projects_guard_score();
"""
UNGUARD = """
DROP TRIGGER projects_score_guard ON projects_score;
DROP FUNCTION projects_guard_score();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('attendees', '0015_waits_for_seats'),
        ('events', '0008_steps'),
        ('projects', '0002_imports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Competition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('name_en', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_zh_hans', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('text', models.TextField(blank=True, verbose_name='text for visitors')),
                ('text_en', models.TextField(blank=True, null=True, verbose_name='text for visitors')),
                ('text_zh_hans', models.TextField(blank=True, null=True, verbose_name='text for visitors')),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='competition', to='events.edition', verbose_name='edition')),
            ],
            options={
                'verbose_name': 'competition',
                'verbose_name_plural': 'competitions',
                'ordering': ['-edition__year', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='number')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('name_en', models.CharField(max_length=150, null=True, verbose_name='name')),
                ('name_zh_hans', models.CharField(max_length=150, null=True, verbose_name='name')),
                ('mode', models.CharField(choices=[('scores', 'Weighted scores'), ('pass_fail', 'Pass or fail'), ('picks', 'Ranked picks'), ('audience', 'Audience vote')], default='scores', max_length=10, verbose_name='how it is judged')),
                ('state', models.CharField(choices=[('draft', 'In preparation'), ('open', 'Open for judging'), ('closed', 'Closed'), ('published', 'Published')], default='draft', max_length=10, verbose_name='state')),
                ('starts_at', models.DateTimeField(blank=True, null=True, verbose_name='starts')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='ends')),
                ('basis', models.CharField(choices=[('corrected', 'Corrected for harsh jurors'), ('raw', 'Plain mean'), ('zscore', 'Mean of z-scores')], default='corrected', max_length=10, verbose_name='places go by')),
                ('tie_rule', models.CharField(choices=[('criterion', 'Better in the criterion of most weight'), ('head_to_head', 'Preferred by more jurors who scored both'), ('median', 'Higher median'), ('shared', 'The place is shared')], default='criterion', max_length=14, verbose_name='between equals')),
                ('cards_per_entry', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1)], verbose_name='jurors per entry')),
                ('winners', models.PositiveSmallIntegerField(default=3, help_text='How many places are revealed; in a round of picks, how many each juror has.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(50)], verbose_name='places on the podium')),
                ('trail_length', models.PositiveIntegerField(default=0, editable=False)),
                ('trail_head', models.CharField(blank=True, editable=False, max_length=64)),
                ('published', models.JSONField(blank=True, editable=False, null=True)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published')),
                ('revealed', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='places revealed')),
                ('competition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='projects.competition', verbose_name='competition')),
            ],
            options={
                'verbose_name': 'round',
                'verbose_name_plural': 'rounds',
                'ordering': ['competition', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Prize',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField(verbose_name='place')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('name_en', models.CharField(max_length=150, null=True, verbose_name='name')),
                ('name_zh_hans', models.CharField(max_length=150, null=True, verbose_name='name')),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, verbose_name='amount')),
                ('currency', models.CharField(default='CNY', max_length=3, verbose_name='currency')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prizes', to='projects.round', verbose_name='round')),
            ],
            options={
                'verbose_name': 'prize',
                'verbose_name_plural': 'prizes',
                'ordering': ['round', 'place', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Juror',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_lead', models.BooleanField(default=False, help_text='Sees how far each juror is, but no scores of others while the round is open.', verbose_name='chairs the jury')),
                ('key_version', models.PositiveSmallIntegerField(default=1, editable=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='juries', to='attendees.person', verbose_name='person')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jurors', to='projects.round', verbose_name='round')),
            ],
            options={
                'verbose_name': 'juror',
                'verbose_name_plural': 'jurors',
                'ordering': ['round', 'person__sort_key', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='pitching order')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='projects.project', verbose_name='project')),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='entries', to='events.session', verbose_name='pitch in the programme')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='projects.round', verbose_name='round')),
            ],
            options={
                'verbose_name': 'entry',
                'verbose_name_plural': 'entries',
                'ordering': ['round', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('name_en', models.CharField(max_length=150, null=True, verbose_name='name')),
                ('name_zh_hans', models.CharField(max_length=150, null=True, verbose_name='name')),
                ('rubric', models.TextField(blank=True, verbose_name='what the points mean')),
                ('rubric_en', models.TextField(blank=True, null=True, verbose_name='what the points mean')),
                ('rubric_zh_hans', models.TextField(blank=True, null=True, verbose_name='what the points mean')),
                ('weight', models.DecimalField(decimal_places=2, default=1, max_digits=6, verbose_name='weight')),
                ('highest', models.PositiveSmallIntegerField(default=10, verbose_name='highest points')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='order')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='criteria', to='projects.round', verbose_name='round')),
            ],
            options={
                'verbose_name': 'criterion',
                'verbose_name_plural': 'criteria',
                'ordering': ['round', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('kind', models.CharField(choices=[('score', 'Score'), ('abstain', 'Abstention'), ('recuse', 'Recusal'), ('resume', 'Judges after all'), ('open', 'Round opened'), ('close', 'Round closed'), ('reopen', 'Round opened again'), ('publish', 'Ranking published')], max_length=8, verbose_name='what')),
                ('value', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='points')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('is_silent', models.BooleanField(default=False, verbose_name='silently')),
                ('key', models.UUIDField(verbose_name='key')),
                ('client', models.CharField(blank=True, max_length=36, verbose_name='browser')),
                ('sequence', models.BigIntegerField(default=0, verbose_name='sequence')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('previous', models.CharField(blank=True, max_length=64, verbose_name='hash of the line before')),
                ('sha256', models.CharField(max_length=64, verbose_name='hash')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('criterion', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='trail', to='projects.criterion', verbose_name='criterion')),
                ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='trail', to='projects.entry', verbose_name='entry')),
                ('juror', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='trail', to='projects.juror', verbose_name='juror')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trail', to='projects.round', verbose_name='round')),
            ],
            options={
                'verbose_name': 'line of the trail',
                'verbose_name_plural': 'trail of scores',
                'ordering': ['round', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('via', models.CharField(choices=[('badge', 'Badge code'), ('mail', 'Verified mail')], max_length=5, verbose_name='proved by')),
                ('voter', models.CharField(max_length=64, verbose_name='voter')),
                ('source', models.CharField(blank=True, max_length=64, verbose_name='address it came from')),
                ('state', models.CharField(choices=[('waiting', 'To be checked'), ('counted', 'Counted'), ('struck', 'Struck out')], default='waiting', max_length=8, verbose_name='state')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='projects.entry', verbose_name='entry')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='projects.round', verbose_name='round')),
            ],
            options={
                'verbose_name': 'vote of the audience',
                'verbose_name_plural': 'votes of the audience',
                'ordering': ['round', 'at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('assigned', 'To judge'), ('abstained', 'Abstained'), ('recused', 'Recused')], default='assigned', max_length=10, verbose_name='state')),
                ('is_silent', models.BooleanField(default=False, help_text='Only the office sees that and why.', verbose_name='silently')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='projects.entry', verbose_name='entry')),
                ('juror', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='projects.juror', verbose_name='juror')),
            ],
            options={
                'verbose_name': 'assignment',
                'verbose_name_plural': 'assignments',
                'ordering': ['entry', 'juror'],
                'constraints': [models.UniqueConstraint(fields=('entry', 'juror'), name='assignment_once', violation_error_message='The juror judges this entry already.')],
            },
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.UniqueConstraint(fields=('competition', 'number'), name='round_number_once', violation_error_message='The competition has a round of this number.'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('starts_at__isnull', True), ('ends_at__isnull', True), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='round_ends_after_start', violation_error_message='A round ends after it starts.'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published__isnull', False), ('published_at__isnull', False), ('state', 'published')), models.Q(models.Q(('state', 'published'), _negated=True), ('published_at__isnull', True)), _connector='OR'), name='round_published_has_ranking', violation_error_message='What is published is a ranking.'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('revealed', 0), ('state', 'published'), _connector='OR'), name='round_revealed_is_published', violation_error_message='Only places of a published ranking are revealed.'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('cards_per_entry__gte', 1), ('winners__range', (1, 50))), name='round_counts_from_one', violation_error_message='At least one juror judges an entry, one place is won.'),
        ),
        migrations.AddConstraint(
            model_name='prize',
            constraint=models.CheckConstraint(condition=models.Q(('place__gte', 1)), name='prize_place_from_one', violation_error_message='Places are counted from one.'),
        ),
        migrations.AddConstraint(
            model_name='prize',
            constraint=models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('amount__gte', 0), _connector='OR'), name='prize_amount_not_negative', violation_error_message='An amount is not negative.'),
        ),
        migrations.AddConstraint(
            model_name='prize',
            constraint=models.CheckConstraint(condition=models.Q(('currency__regex', '^[A-Z]{3}$')), name='prize_currency_iso', violation_error_message='A currency is three capital letters.'),
        ),
        migrations.AddConstraint(
            model_name='juror',
            constraint=models.UniqueConstraint(fields=('round', 'person'), name='juror_once_per_round', violation_error_message='The person is on this jury already.'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('round', 'project'), name='entry_once_per_round', violation_error_message='The project is in this round already.'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('round', 'position'), name='entry_position_once_per_round', violation_error_message='Two entries cannot pitch at the same time.'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gt', 0)), name='criterion_weighs_something', violation_error_message='A weight is more than zero.'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.CheckConstraint(condition=models.Q(('highest__range', (1, 20))), name='criterion_highest_fits_fingers', violation_error_message='The highest points are between 1 and 20.'),
        ),
        migrations.AddIndex(
            model_name='score',
            index=models.Index(fields=['juror', 'entry', 'criterion', '-number'], name='score_last_idx'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.UniqueConstraint(fields=('round', 'number'), name='score_number_once', violation_error_message='The trail has this line already.'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.UniqueConstraint(fields=('round', 'key'), name='score_key_once', violation_error_message='This touch is kept already.'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['score', 'abstain', 'recuse', 'resume']), _negated=True), models.Q(('entry__isnull', False), ('juror__isnull', False)), _connector='OR'), name='score_names_juror_and_entry', violation_error_message='A score is of a juror, for an entry.'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'score'), _negated=True), ('criterion__isnull', False), _connector='OR'), name='score_names_criterion', violation_error_message='A score is in a criterion.'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['recuse', 'reopen']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='score_recusal_and_reopening_have_reason', violation_error_message='Recusing and opening again need a reason.'),
        ),
        migrations.AddIndex(
            model_name='vote',
            index=models.Index(fields=['round', 'source'], name='vote_source_idx'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.UniqueConstraint(fields=('round', 'voter'), name='vote_once_per_voter', violation_error_message='You have voted already.'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'struck'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='vote_struck_has_reason', violation_error_message='Striking out a vote needs a reason.'),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
