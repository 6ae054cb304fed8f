import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('attendees', '0009_regdesk'),
        ('events', '0001_initial'),
        ('mailing', '0002_mail'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Audience',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('source', models.CharField(max_length=30, verbose_name='chosen from')),
                ('filters', models.JSONField(blank=True, default=dict, verbose_name='filters')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='audiences', to='events.edition', verbose_name='edition')),
            ],
            options={
                'verbose_name': 'audience',
                'verbose_name_plural': 'audiences',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('name_en', models.CharField(max_length=150, null=True, verbose_name='name')),
                ('name_zh_hans', models.CharField(max_length=150, null=True, verbose_name='name')),
                ('subject', models.CharField(max_length=200, validators=[django.core.validators.RegexValidator('^[^\\r\\n]*$', 'A subject is one line.')], verbose_name='subject')),
                ('subject_en', models.CharField(max_length=200, null=True, validators=[django.core.validators.RegexValidator('^[^\\r\\n]*$', 'A subject is one line.')], verbose_name='subject')),
                ('subject_zh_hans', models.CharField(max_length=200, null=True, validators=[django.core.validators.RegexValidator('^[^\\r\\n]*$', 'A subject is one line.')], verbose_name='subject')),
                ('text', models.TextField(max_length=20000, verbose_name='text')),
                ('text_en', models.TextField(max_length=20000, null=True, verbose_name='text')),
                ('text_zh_hans', models.TextField(max_length=20000, null=True, verbose_name='text')),
                ('is_once_per_address', models.BooleanField(default=False, help_text='Of people who share an address only the first gets the letter.', verbose_name='one letter for each address')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('scheduled', 'Scheduled'), ('sending', 'Sending'), ('paused', 'Paused'), ('stopped', 'Stopped'), ('sent', 'Sent')], default='draft', max_length=10, verbose_name='state')),
                ('send_at', models.DateTimeField(blank=True, null=True, verbose_name='goes out')),
                ('recipients', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, editable=False, help_text='Keys of the people, as they were when sending started.', size=None, verbose_name='recipients')),
                ('written', models.PositiveIntegerField(default=0, editable=False, help_text='How many of them are dealt with.', verbose_name='written')),
                ('trouble', models.TextField(blank=True, verbose_name='why it stands still')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='created')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='started')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished')),
                ('audience', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='attendees.audience', verbose_name='audience')),
                ('batch', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='campaign', to='mailing.batch', verbose_name='batch')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='events.edition', verbose_name='edition')),
                ('scheduled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent by')),
            ],
            options={
                'verbose_name': 'campaign',
                'verbose_name_plural': 'campaigns',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='audience',
            constraint=models.UniqueConstraint(fields=('edition', 'name'), name='audience_name_once_per_edition', violation_error_message='The edition has an audience of this name.'),
        ),
        migrations.AddIndex(
            model_name='campaign',
            index=models.Index(condition=models.Q(('state', 'scheduled')), fields=['send_at'], name='campaign_due_idx'),
        ),
        migrations.AddIndex(
            model_name='campaign',
            index=models.Index(fields=['-created_at', '-id'], name='campaign_newest_idx'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'scheduled'), _negated=True), ('send_at__isnull', False), _connector='OR'), name='campaign_scheduled_has_time', violation_error_message='Say when the campaign goes out.'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['sending', 'paused', 'sent']), _negated=True), models.Q(('batch__isnull', False), ('started_at__isnull', False)), _connector='OR'), name='campaign_started_has_batch', violation_error_message='A campaign that goes out has its time and batch.'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state__in', ['stopped', 'sent'])), models.Q(models.Q(('state__in', ['stopped', 'sent']), _negated=True), ('finished_at__isnull', True)), _connector='OR'), name='campaign_finished_has_time', violation_error_message='A finished campaign has the time of its end.'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('written__lte', django.db.models.functions.comparison.Coalesce(models.F('recipients__len'), 0))), name='campaign_written_within_recipients', violation_error_message='No more letters can be written than there are people.'),
        ),
    ]
