using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Consultation.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "PK_Persons",
                table: "Persons");

            migrationBuilder.DropPrimaryKey(
                name: "PK_CalendarDaies",
                table: "CalendarDaies");

            migrationBuilder.RenameTable(
                name: "Persons",
                newName: "People");

            migrationBuilder.RenameTable(
                name: "CalendarDaies",
                newName: "CalendarDays");

            migrationBuilder.RenameIndex(
                name: "IX_Persons_UserName",
                table: "People",
                newName: "IX_People_UserName");

            migrationBuilder.AddPrimaryKey(
                name: "PK_People",
                table: "People",
                columns: new[] { "OrganisationId", "Id" });

            migrationBuilder.AddPrimaryKey(
                name: "PK_CalendarDays",
                table: "CalendarDays",
                columns: new[] { "OrganisationId", "Date" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "PK_People",
                table: "People");

            migrationBuilder.DropPrimaryKey(
                name: "PK_CalendarDays",
                table: "CalendarDays");

            migrationBuilder.RenameTable(
                name: "People",
                newName: "Persons");

            migrationBuilder.RenameTable(
                name: "CalendarDays",
                newName: "CalendarDaies");

            migrationBuilder.RenameIndex(
                name: "IX_People_UserName",
                table: "Persons",
                newName: "IX_Persons_UserName");

            migrationBuilder.AddPrimaryKey(
                name: "PK_Persons",
                table: "Persons",
                columns: new[] { "OrganisationId", "Id" });

            migrationBuilder.AddPrimaryKey(
                name: "PK_CalendarDaies",
                table: "CalendarDaies",
                columns: new[] { "OrganisationId", "Date" });
        }
    }
}
